import { expect, expectAccessible, site, test } from '../support/dashboard';
import { settingsOf, speak, whole } from '../support/settings';

test.describe.configure({ timeout: 120_000 });

const sections = [
  ...['snippet', 'general', 'privacy', 'policy', 'counting', 'retention'],
  ...['goals', 'funnels', 'properties', 'segments', 'annotations'],
  ...['members', 'tokens', 'sharing', 'audit', 'removal'],
];

const looks = [
  { name: 'light', options: {} },
  { name: 'dark', options: { colorScheme: 'dark' as const } },
  { name: 'danish', options: {}, language: 'da' as const },
  { name: 'phone', options: { viewport: { width: 360, height: 740 } } },
];

for (const { name, options, language = 'en' as const } of looks) {
  test(`every page of settings is accessible: ${name}`, async ({ open, server }) => {
    const page = await open(`/sites/${site}/settings`, options);
    await speak(page, language);
    for (const section of sections) {
      await page.goto(`${server.sporlos.origin}/sites/${site}/settings/${section}`);
      await whole(page);
      await expectAccessible(page);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
        `nothing of ${section} is wider than the screen`,
      ).toBe(true);
      const shots = process.env.SPORLOS_SHOTS;
      if (shots) {
        await page.screenshot({ path: `${shots}/${section}-${name}.png`, fullPage: true });
      }
    }
  });
}

test('every setting that a site has is on a page, in words of both languages', async ({
  open,
  server,
}) => {
  const page = await open(`/sites/${site}/settings`);
  const names = Object.keys(await settingsOf(page, site)).filter((name) => name !== 'profile');
  expect(names.length).toBeGreaterThan(20);
  const shown: string[] = [];
  for (const section of ['privacy', 'policy', 'counting', 'retention', 'sharing']) {
    await page.goto(`${server.sporlos.origin}/sites/${site}/settings/${section}`);
    await whole(page);
    shown.push(
      ...(await page
        .locator('[data-setting]')
        .evaluateAll((fields) => fields.map((field) => field.getAttribute('data-setting') ?? ''))),
    );
    // Who has no word for a setting speaks of it by its name.
    for (const label of await page.locator('[data-setting] :is(label, legend)').allInnerTexts()) {
      expect(names).not.toContain(label.trim());
    }
  }
  expect(shown.sort()).toEqual(names.sort());
});
