import type { Page } from '@playwright/test';
import { expect, expectAccessible, site, test } from '../support/dashboard';
import { asked, press, speak, view, whole } from '../support/settings';

test.describe.configure({ timeout: 90_000 });

const row = (page: Page, text: string) => page.locator('.items tbody tr', { hasText: text });

const send = (page: Page, name: string) =>
  page.getByRole('dialog').getByRole('button', { name, exact: true }).click();

for (const { name, options, language = 'en' as const } of [
  { name: 'light', options: {} },
  { name: 'dark', options: { colorScheme: 'dark' as const } },
  { name: 'danish', options: {}, language: 'da' as const },
  { name: 'phone', options: { viewport: { width: 360, height: 740 } } },
]) {
  test(`the pages of the installation are accessible: ${name}`, async ({ open, server }) => {
    const page = await open('/people', options);
    await speak(page, language);
    for (const part of ['people', 'groups']) {
      await page.goto(`${server.sporlos.origin}/${part}`);
      await whole(page);
      await expectAccessible(page);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
        `nothing of ${part} is wider than the screen`,
      ).toBe(true);
      const shots = process.env.SPORLOS_SHOTS;
      if (shots) {
        await page.screenshot({ path: `${shots}/${part}-${name}.png`, fullPage: true });
      }
    }
  });
}

test('an administrator is invited, by a link that is told once', async ({ open }) => {
  const page = await open('/sites');
  await press(page, 'Account');
  await page.getByRole('menuitem', { name: 'People' }).click();
  await expect(page).toHaveURL(/\/people$/);
  await expect(row(page, 'mette@example.com')).toContainText('administrator');
  await press(page, 'Invite an administrator');
  await page.getByLabel('E-mail').fill('karla@example.com');
  await send(page, 'Invite an administrator');
  await expect(page.getByRole('region', { name: 'The link of the invitation' })).toContainText(
    '/link/',
  );
  await press(page, 'I have it');
  await expect(row(page, 'karla@example.com')).toContainText('invited (administrator)');

  // The last administrator stays.
  await press(page, 'Remove: mette@example.com');
  await send(page, 'Remove');
  await expect(page.getByRole('alert')).toBeVisible();
});

test('sites are put together, and somebody is let in to all of them', async ({ open }) => {
  const page = await open('/groups');
  await press(page, 'Add a group');
  await page.getByLabel('Name').fill('Clients');
  await send(page, 'Add a group');
  const group = page.getByRole('region', { name: 'Clients' });
  await group.getByLabel('Clients: Put a site into it').selectOption(site);
  await expect(group.getByRole('button', { name: `Take ${site} out of Clients` })).toBeVisible();
  await group.getByRole('button', { name: 'Let somebody in' }).click();
  await page.getByLabel('E-mail').fill('ida@example.com');
  await page.getByLabel('Editor').check();
  await send(page, 'Give the role');
  await press(page, 'I have it');
  await expect(group.locator('.items')).toContainText('ida@example.com');
  await expectAccessible(page);
  const { groups } = await asked<{ groups: object[] }>(page, '/api/v1/groups');
  expect(groups).toMatchObject([
    { name: 'Clients', sites: [site], invitations: [{ email: 'ida@example.com', role: 'editor' }] },
  ]);

  await group.getByRole('button', { name: `Take ${site} out of Clients` }).click();
  await expect(group.getByText('No site is in it yet.')).toBeVisible();
  await group.getByRole('button', { name: 'Remove the group Clients' }).click();
  await send(page, 'Remove the group');
  await expect(page.getByText('There is no group yet.')).toBeVisible();
  expect(await asked(page, '/api/v1/groups')).toEqual({ groups: [] });
});

test('all figures of a site are forgotten, and the site stays', async ({ open, server }) => {
  const { sporlos } = server;
  const again = 'again.example';
  await sporlos.command('site', 'add', again);
  await sporlos.command('goal', 'add', '--site', again, '--page', '/thanks');
  const page = await open('/sites');
  const views = async () => {
    const path = `/api/v1/stats/aggregate?site_id=${again}&period=day&metrics=pageviews`;
    return (await asked<{ results: { pageviews: { value: number } } }>(page, path)).results
      .pageviews.value;
  };
  // The server hears of a site that the command line adds some seconds later.
  await expect
    .poll(() => view(sporlos, again, `https://${again}/`), { timeout: 30_000 })
    .toBeNull();
  await expect.poll(views, { timeout: 60_000 }).toBe(1);

  await page.goto(`${sporlos.origin}/sites/${again}/settings/removal`);
  await press(page, 'Forget all figures');
  const forget = page.getByRole('dialog').getByRole('button', { name: 'Forget all figures' });
  await expect(forget).toBeDisabled();
  await page.getByLabel(`Write ${again}`).fill('again.exampl');
  await expect(forget).toBeDisabled();
  await page.getByLabel(`Write ${again}`).fill(again);
  await expectAccessible(page);
  await forget.click();
  await expect(page.getByText('All figures are forgotten.')).toBeVisible();

  expect(await views()).toBe(0);
  expect(await sporlos.command('goal', 'list', '--site', again)).toContain('/thanks');
  expect(await view(sporlos, again, `https://${again}/new`)).toBeNull();
  await expect.poll(views, { timeout: 60_000 }).toBe(1);
  await page.getByRole('link', { name: 'Audit' }).click();
  await expect(page.getByText(/deleted all figures/)).toBeVisible();
});
