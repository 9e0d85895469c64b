import { expect, expectAccessible, site, test } from '../support/dashboard';

test.describe.configure({ timeout: 60_000 });

for (const [name, options] of [
  ['light', {}],
  ['dark, on a phone', { colorScheme: 'dark' as const, viewport: { width: 360, height: 740 } }],
] as const) {
  test(`all sites are there, each with its visitors: ${name}`, async ({ open }) => {
    const page = await open('/sites', options);
    await expect(page.getByRole('link', { name: site })).toBeVisible();
    await expect(page.locator('.site').filter({ hasText: site })).toContainText('30');
    await expectAccessible(page);
    await page.getByRole('link', { name: site }).click();
    await expect(page).toHaveURL(new RegExp(`/sites/${site}$`));
  });
}

test('the root leads to the sites, and who is not signed in to where they sign in', async ({
  browser,
  open,
  server,
}) => {
  const page = await open('/');
  await expect(page).toHaveURL(/\/sites$/);

  const stranger = await (await browser.newContext()).newPage();
  await stranger.goto(`${server.sporlos.origin}/sites/${site}?range=7d`);
  await stranger.waitForURL('**/sign-in?next=*');
  expect(new URL(stranger.url()).searchParams.get('next')).toBe(`/sites/${site}?range=7d`);
  await stranger.context().close();
});

test('what is not there, or not open, is said to be so', async ({ open }) => {
  const page = await open('/sites/nowhere.example');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    'There is nothing at this address',
  );
  await expectAccessible(page);
  await page.getByRole('link', { name: 'To your sites' }).click();
  await expect(page).toHaveURL(/\/sites$/);
});

test('the page may load nothing from elsewhere, and what it loads is kept', async ({ server }) => {
  const page = await fetch(`${server.sporlos.origin}/sites`);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  const script = /src="(\/app\/[^"]+\.js)"/.exec(await page.text())?.[1] ?? '';
  const file = await fetch(server.sporlos.origin + script);
  expect(file.headers.get('cache-control')).toContain('immutable');
});

test('who is there now is shown, and the settings have the snippet', async ({ open }) => {
  const page = await open(`/sites/${site}/now`);
  await expect(page.locator('[data-panel=now]')).toContainText('0');
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(page.locator('pre').first()).toContainText(`data-site="${site}"`);
  await expectAccessible(page);
});
