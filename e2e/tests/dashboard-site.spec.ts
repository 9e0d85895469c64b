import type { Page } from '@playwright/test';
import {
  dayAgo,
  expect,
  expectAccessible,
  figure,
  rows,
  settled,
  site,
  test,
} from '../support/dashboard';

test.describe.configure({ timeout: 60_000 });

const looks = [
  { name: 'light', options: {} },
  { name: 'dark', options: { colorScheme: 'dark' as const } },
  { name: 'in Danish', options: { locale: 'da-DK' } },
  { name: 'on a phone', options: { viewport: { width: 360, height: 740 } } },
  { name: 'at 200 %', options: { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 } },
];

for (const { name, options } of looks) {
  test(`the page of a site is accessible: ${name}`, async ({ open, server }) => {
    const page = await open(
      `/sites/${site}?range=${server.span.range}&f=is,visit:country,DK,SE`,
      options,
    );
    await expect(page.locator('[data-panel=sources] tbody tr').first()).toBeVisible();
    await page.locator('[data-panel=places]').scrollIntoViewIfNeeded();
    await expect(page.locator('.map path').first()).toBeVisible();
    await expectAccessible(page);
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
      'nothing is wider than the screen',
    ).toBe(true);
  });
}

test('figures are those of the range, beside what they were before', async ({ open, server }) => {
  const page = await open(`/sites/${site}?range=${server.span.range}`);

  await expect(figure(page, 'Visitors')).toContainText('30');
  await expect(figure(page, 'Visits')).toContainText('40');
  await expect(figure(page, 'Page views')).toContainText('60');
  await expect(figure(page, 'Views per visit')).toContainText('1.5');
  await expect(figure(page, 'Bounce rate')).toContainText('50%');
  await expect(figure(page, 'Visitors')).toContainText('0 before');
});

test('a change is said in percent', async ({ open }) => {
  // Four days that have visits, after four of which two have.
  const page = await open(`/sites/${site}?range=${dayAgo(10)}..${dayAgo(7)}`);

  await expect(figure(page, 'Visitors').locator('.change.good')).toHaveText('+100%');
});

test('every panel says what was counted', async ({ open, server }) => {
  const page = await open(`/sites/${site}?range=${server.span.range}`);
  const tab = (panel: string, name: string) =>
    page.locator(`[data-panel=${panel}]`).getByRole('tab', { name, exact: true }).click();

  expect(await rows(page, 'sources')).toEqual([
    ['Direct', '10', '33%'],
    ['Google', '10', '33%'],
    ['Newsletter', '10', '33%'],
  ]);
  await tab('sources', 'Campaigns');
  await expect.poll(() => rows(page, 'sources')).toEqual([['autumn', '10', '33%']]);
  await tab('sources', 'Channels');
  await expect
    .poll(async () => (await rows(page, 'sources')).map(([name]) => name))
    .toEqual(['Direct', 'Email', 'Organic Search']);
  expect((await rows(page, 'pages')).map((cells) => cells.slice(0, 3))).toEqual([
    ['/', '30', '30'],
    ['/prices', '20', '20'],
    ['/about, us', '10', '10'],
  ]);
  await tab('pages', 'Entry');
  await expect.poll(async () => (await rows(page, 'pages'))[0]?.[0]).toBe('/');
  await tab('places', 'Countries');
  await expect
    .poll(() => rows(page, 'places'))
    .toEqual([
      ['Denmark', '20', '67%'],
      ['Sweden', '10', '33%'],
    ]);
  await tab('places', 'Cities');
  await expect.poll(async () => (await rows(page, 'places'))[0]?.[0]).toBe('Aarhus');
  expect((await rows(page, 'devices')).map(([name]) => name)).toEqual(['Desktop', 'Mobile']);
  await tab('devices', 'Browsers');
  await tab('devices', 'Versions');
  await expect
    .poll(async () => (await rows(page, 'devices')).map(([name]) => name))
    .toEqual(['Chrome 156', 'Safari 26']);
  await tab('devices', 'Languages');
  await expect
    .poll(async () => (await rows(page, 'devices')).map(([name]) => name))
    .toEqual(['Danish', 'Swedish']);
});

test('a row narrows all to itself, by a filter in the address', async ({ open, server }) => {
  const page = await open(`/sites/${site}?range=${server.span.range}`);
  await page.getByRole('button', { name: '/about, us' }).click();

  await expect(figure(page, 'Visitors')).toContainText('10');
  await expect(page.getByRole('group', { name: 'Filters' })).toContainText('Page is /about, us');
  expect(page.url()).toContain('f=is,event:page,/about%5C,+us');
  await page.getByRole('button', { name: 'Newsletter' }).click();
  await expect(page.getByRole('group', { name: 'Filters' })).toContainText('Source is Newsletter');

  // The same address shows the same.
  const other = await open(new URL(page.url()).pathname + new URL(page.url()).search);
  await expect(other.getByRole('group', { name: 'Filters' })).toContainText('Source is Newsletter');
  await expect(figure(other, 'Visitors')).toContainText('10');

  await page.getByRole('button', { name: 'Remove Page' }).click();
  await expect(page.getByRole('group', { name: 'Filters' })).not.toContainText('Page is');
});

test('going back shows what was shown, and asks nothing', async ({ open, server }) => {
  const page = await open(`/sites/${site}?range=${server.span.range}`);
  // What is given up before it is answered would be asked again.
  await settled(page);
  await page.getByRole('button', { name: 'Newsletter' }).click();
  await expect(figure(page, 'Visitors')).toContainText('10');
  await settled(page);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));

  await page.goBack();
  await expect(figure(page, 'Visitors')).toContainText('30');
  await page.goForward();
  await expect(figure(page, 'Visitors')).toContainText('10');

  expect(asked.filter((address) => address.includes('/query'))).toEqual([]);
});

test('a filter is written in a dialog, with suggestions, and saved as a segment', async ({
  open,
  server,
}) => {
  const page = await open(`/sites/${site}?range=${server.span.range}`);
  await page.getByRole('button', { name: 'Add a filter' }).click();
  await page.getByLabel('What').selectOption('visit:source');
  await page.getByRole('combobox', { name: 'Values' }).fill('news');
  await expect(page.locator('.offered').getByRole('option')).toHaveText([/Newsletter/]);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expectAccessible(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Filter', exact: true }).click();
  await expect(figure(page, 'Visitors')).toContainText('10');

  await page.getByRole('button', { name: 'Save as segment' }).click();
  await page.getByLabel('Name of the segment').fill('Readers of mail');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('group', { name: 'Filters' })).toContainText('Readers of mail');
  await expect(figure(page, 'Visitors')).toContainText('10');

  await page.getByRole('button', { name: 'Clear all' }).click();
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await expectAccessible(page);
  await page.getByRole('menuitemradio', { name: 'Readers of mail' }).click();
  await expect(figure(page, 'Visitors')).toContainText('10');
});

test('a part of a text, or stars, are enough where a filter says so', async ({ open, server }) => {
  const page = await open(`/sites/${site}?range=${server.span.range}&f=contains,event:page,ABOUT`);
  await expect(figure(page, 'Visitors')).toContainText('10');
  await page.goto(
    `${server.sporlos.origin}/sites/${site}?range=${server.span.range}&f=matches_wildcard_not,event:page,/a*`,
  );
  await expect(figure(page, 'Page views')).toContainText('50');
});

test('time is chosen by name, month and days, and steps back and forth', async ({ open }) => {
  const page = await open(`/sites/${site}`);
  const choose = () => page.getByRole('button', { name: /^Time: / });
  await choose().click();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Last 91 days' }).click();
  await expect(choose()).toHaveText('Last 91 days');
  await choose().click();
  await page.getByLabel('From', { exact: true }).fill(dayAgo(12));
  await page.getByLabel('To', { exact: true }).fill(dayAgo(12));
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(figure(page, 'Visitors')).toContainText('3');

  await page.getByRole('button', { name: 'The time before' }).click();
  await expect(page).toHaveURL(new RegExp(`range=${dayAgo(13)}`));
  await page.getByRole('button', { name: 'The time after' }).click();
  await expect(figure(page, 'Visitors')).toContainText('3');
  await choose().click();
  await page.getByRole('button', { name: 'The year before' }).click();
  await page.getByRole('button', { name: 'Feb' }).click();
  await expect(page).toHaveURL(/range=\d{4}-02(&|$)/);
});

test('each figure is drawn, by intervals, as a curve and as a table', async ({ open, server }) => {
  const page = await open(`/sites/${site}?range=${server.span.range}`);
  await figure(page, 'Page views').getByRole('button').first().click();
  await expect(page).toHaveURL(/metric=pageviews/);

  const curve = page.getByRole('slider', { name: /^Page views over time/ });
  await curve.focus();
  await page.keyboard.press('Home');
  await expect(curve).toHaveAttribute('aria-valuetext', /: 6\. 0 before$/);
  await expect(page.locator('.chart-tip')).toContainText('6');

  await page.getByRole('button', { name: 'Table' }).click();
  const table = page.locator('.point-table tbody tr');
  await expect(table).toHaveCount(10);
  await expect(table.first()).toContainText('6');
  await expectAccessible(page);
});

test('a click on a day of the curve shows that day by its hours', async ({ open, server }) => {
  const page = await open(`/sites/${site}?range=${server.span.range}`);
  const curve = page.getByRole('slider');
  await curve.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');

  await expect(page).toHaveURL(new RegExp(`range=${server.span.first}(&|$)`));
  await page.getByRole('button', { name: 'Table' }).click();
  await expect(page.locator('.point-table tbody tr')).toHaveCount(24);
});

test('remarks on a day are read with it', async ({ open, server }) => {
  await server.sporlos.command(
    ...['annotation', 'add', '--site', site, '--day', server.span.first, 'A sale began'],
  );
  const page = await open(`/sites/${site}?range=${server.span.range}`);
  await settled(page);
  await page.getByRole('slider').focus();
  await page.keyboard.press('Home');

  await expect(page.locator('.chart-tip')).toContainText('A sale began');
});

test('figures are compared with what is chosen', async ({ open, server }) => {
  const page = await open(`/sites/${site}?range=${server.span.range}`);
  await page.getByRole('button', { name: /^Compare: / }).click();
  await page.getByRole('menuitemradio', { name: 'No comparison' }).click();
  await expect(figure(page, 'Visitors')).not.toContainText('before');
  await page.getByRole('button', { name: /^Compare: / }).click();
  await page.getByRole('menuitemradio', { name: 'A year before' }).click();
  await expect(figure(page, 'Visitors')).toContainText('0 before');
  expect(page.url()).toContain('compare=year');
});

test('a figure says how exact it is', async ({ open, server }) => {
  const page = await open(`/sites/${site}?range=${server.span.range}`);
  await figure(page, 'Visitors').getByRole('button', { name: 'How exact this is' }).focus();

  await expect(page.getByRole('tooltip')).toContainText('Who comes on two days counts twice');
  await expect(page.locator('footer.foot')).toContainText(/Complete until \d\d:\d\d/);
});

test('keys do what buttons do, unless they are turned off', async ({ open }) => {
  const page = await open(`/sites/${site}`);
  await expect(page.locator('[data-panel=sources] tbody tr').first()).toBeVisible();
  await page.keyboard.press('3');
  await expect(page).toHaveURL(/range=7d/);
  await page.keyboard.press('ArrowLeft');
  await expect(page).not.toHaveURL(/range=7d/);
  await page.keyboard.press(']');
  expect(await page.evaluate(() => document.activeElement?.closest('[data-panel]') !== null)).toBe(
    true,
  );
  await page.keyboard.press('?');
  await expectAccessible(page);
  await page.getByRole('checkbox').uncheck();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.keyboard.press('4');
  await expect(page).not.toHaveURL(/\/sites\/shop\.example$/);
});

test('a search finds pages and leads there', async ({ open, server }) => {
  const page = await open(`/sites/${site}?range=${server.span.range}`);
  await expect(figure(page, 'Visitors')).toContainText('30');
  await page.keyboard.press('/');
  await page.getByRole('combobox', { name: 'Search' }).fill('abou');
  await expect(page.getByRole('option').first()).toContainText('/about, us');
  await expectAccessible(page);
  await page.keyboard.press('Enter');

  await expect(page.getByRole('group', { name: 'Filters' })).toContainText('Page is /about, us');
});

test('a search finds goals, countries and settings by the names that are shown', async ({
  open,
  server,
}) => {
  const page = await open(`/sites/${site}?range=${server.span.range}`);
  await expect(figure(page, 'Visitors')).toContainText('30');
  const search = page.getByRole('combobox', { name: 'Search' });
  await page.keyboard.press('/');
  await search.fill('swed');
  await expect(page.getByRole('option', { name: /Country Sweden/ })).toBeVisible();
  await search.fill('signed');
  await expect(page.getByRole('option', { name: /Goal Signed up/ })).toBeVisible();
  await search.fill('funnels');
  await page.getByRole('option', { name: /Settings Funnels/ }).click();

  await expect(page).toHaveURL(/\/settings\/funnels$/);
});

test('what cannot be answered is said, and asked again', async ({ open, server }) => {
  const page = await open('/sites');
  let away = true;
  await page.route('**/api/v2/query', (route) => (away ? route.abort() : route.continue()));
  await page.goto(`${server.sporlos.origin}/sites/${site}?range=${server.span.range}`);
  await expect(page.locator('[data-panel=sources]')).toContainText('There is no connection');
  await expectAccessible(page);
  away = false;
  await page.locator('[data-panel=sources]').getByRole('button', { name: 'Try again' }).click();

  await expect(page.getByRole('button', { name: 'Newsletter' })).toBeVisible();
});

test('a site without visits says so', async ({ open }) => {
  const page = await open('/sites/empty.example');
  await expect(page.locator('[data-panel=sources]')).toContainText('Nothing was counted');
  await expectAccessible(page);
});

async function speaks(page: Page, language: string): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('lang', language);
}

test('the language is that of the account until another is chosen', async ({ open, server }) => {
  const page = await open(`/sites/${site}?range=${server.span.range}`);
  await page.getByRole('button', { name: 'Account' }).click();
  await expectAccessible(page);
  await page.getByRole('menuitemradio', { name: 'Dansk' }).click();
  await speaks(page, 'da');
  await expect(figure(page, 'Besøgende')).toContainText('30');
  await expect(page.getByRole('button', { name: 'Direkte' })).toBeVisible();
  await page.reload();
  await speaks(page, 'da');
});
