import { EventEmitter, once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import type { Sporlos } from '../support/sporlos';
import { expect, expectAccessible, figure, rows, settled, site, test } from '../support/dashboard';

test.describe.configure({ timeout: 60_000 });

const looks = [
  { name: 'light', options: {} },
  { name: 'dark', options: { colorScheme: 'dark' as const } },
  { name: 'in Danish', options: { locale: 'da-DK' } },
  { name: 'on a phone', options: { viewport: { width: 360, height: 740 } } },
];

const behaviour = ['goals', 'properties', 'funnels', 'paths', 'revenue'];

const panel = (page: Page, id: string) => page.locator(`[data-panel=${id}]`);

/** Opens the page of the site at a panel that is further down. */
async function scrolledTo(page: Page, id: string): Promise<void> {
  await page.locator('.more').scrollIntoViewIfNeeded();
  await panel(page, id).scrollIntoViewIfNeeded();
}

async function isAsWideAsTheScreen(page: Page): Promise<void> {
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
    'nothing is wider than the screen',
  ).toBe(true);
}

for (const { name, options } of looks) {
  test(`what visitors do is accessible: ${name}`, async ({ open, server }) => {
    const page = await open(`/sites/${site}?range=${server.span.range}`, options);
    if (name === 'in Danish') {
      await page.evaluate(() => {
        localStorage.setItem('sporlos-language', 'da');
      });
      await page.reload();
    }
    await scrolledTo(page, 'behaviour');
    for (const tab of behaviour) {
      await panel(page, 'behaviour').locator(`[data-tab=${tab}]`).click();
      await settled(page);
      await expect(
        panel(page, 'behaviour').locator('.rows, .funnel, .flow svg, .chart').first(),
      ).toBeVisible();
      await expectAccessible(page);
      await isAsWideAsTheScreen(page);
    }
  });

  test(`what was not counted is accessible: ${name}`, async ({ open, server }) => {
    await sendAsPrograms(server.sporlos);
    // Many days are many rows for those who do not see the bars.
    const page = await open(`/sites/${site}?range=28d`, options);
    await scrolledTo(page, 'refusals');
    await expect(panel(page, 'refusals').locator('.reason').first()).toBeVisible();
    await panel(page, 'refusals').locator('.reason').first().click();
    await expectAccessible(page);
    await panel(page, 'refusals').locator('[data-tab=programs]').click();
    await expect(panel(page, 'refusals').locator('table')).toBeVisible();
    await expectAccessible(page);
    await isAsWideAsTheScreen(page);
  });

  test(`details and retention are accessible: ${name}`, async ({ open, server }) => {
    const page = await open('/sites', options);
    await answerRetention(page);
    await page.goto(
      `${server.sporlos.origin}/sites/${site}?range=${server.span.range}&details=pages`,
    );
    await expect(page.getByRole('dialog').locator('tbody tr').first()).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await scrolledTo(page, 'retention');
    await panel(page, 'retention').locator('.details').click();
    await expect(page.getByRole('dialog').locator('tbody tr').first()).toBeVisible();
    await expectAccessible(page);
    await isAsWideAsTheScreen(page);
  });
}

test('goals say how many reached them, and what that was worth', async ({ open, server }) => {
  const page = await open(`/sites/${site}?range=${server.span.range}`);
  await scrolledTo(page, 'behaviour');

  expect((await rows(page, 'behaviour')).map((cells) => cells.filter((_, at) => at !== 2))).toEqual(
    [
      ['Looked at prices', '20', '20', '67%', '–'],
      ['Signed up', '10', '10', '33%', '€200.00'],
      ['Said thanks', '0', '0', '0%', '–'],
    ],
  );
});

test('a goal narrows all to those who reached it', async ({ open, server }) => {
  const page = await open(`/sites/${site}?range=${server.span.range}`);
  await scrolledTo(page, 'behaviour');
  await panel(page, 'behaviour').getByRole('button', { name: 'Signed up' }).click();

  await expect(page.getByRole('group', { name: 'Filters' })).toContainText('Goal is Signed up');
  await expect(figure(page, 'Visitors')).toContainText('10');
  await expect(figure(page, 'Conversions')).toContainText('10');
  await expect(figure(page, 'Conversion rate')).toContainText('33%');
  await expect(figure(page, 'Page views')).toHaveCount(0);
  // Of a row it is told how many of its visitors reached the goal; pages go on being told of.
  await expect(panel(page, 'sources')).toContainText('Converted');
  expect(await rows(page, 'sources')).toEqual([['Google', '10', '100%']]);
  await expect(panel(page, 'pages').locator('tbody tr').first()).toBeVisible();
  await expect(page.locator('.notice.warning')).toHaveCount(0);
});

test('a property tells its values apart', async ({ open, server }) => {
  const page = await open(`/sites/${site}?range=${server.span.range}&tab.behaviour=properties`);
  await scrolledTo(page, 'behaviour');

  await expect(page.getByLabel('Property', { exact: true })).toHaveValue('plan');
  expect((await rows(page, 'behaviour')).map((cells) => cells.slice(0, 2)).sort()).toEqual([
    ['alone', '5'],
    ['team', '5'],
  ]);
  await panel(page, 'behaviour').getByRole('button', { name: 'team' }).click();
  await expect(page.getByRole('group', { name: 'Filters' })).toContainText('plan is team');
});

test('a funnel says how many came how far', async ({ open, server }) => {
  const page = await open(`/sites/${site}?range=${server.span.range}&tab.behaviour=funnels`);
  await scrolledTo(page, 'behaviour');

  expect(await rows(page, 'behaviour')).toEqual([
    [expect.stringContaining('Looked at prices'), '20', '100%', '–'],
    [expect.stringContaining('Signed up'), '10', '50%', '10 · 50%'],
  ]);
  await expect(panel(page, 'behaviour')).toContainText('50% of the visits that reach the first');
});

test('paths lead from page to page', async ({ open, server }) => {
  const page = await open(`/sites/${site}?range=${server.span.range}&tab.behaviour=paths`);
  await scrolledTo(page, 'behaviour');
  const all = panel(page, 'behaviour');
  await expect(all).toContainText('30 visits viewed this page');
  await expect(all.locator('.flow text').first()).toBeVisible();

  await all.getByRole('button', { name: 'Table' }).click();
  const after = all.locator('.ways section').nth(1);
  await expect(after.locator('ol').first().locator('> li > .way')).toHaveText([
    /\/about, us\s*10\s*33%/,
    /\/prices\s*10\s*33%/,
    /Exit\s*10\s*33%/,
  ]);
  await expect(all).toContainText('fewer than five visits');
  await expectAccessible(page);
  await after.getByRole('button', { name: '/prices' }).click();
  await expect(all).toContainText('20 visits viewed this page');
  await expect(page).toHaveURL(/tab\.path=\/prices/);
});

test('revenue is drawn in its currency', async ({ open, server }) => {
  const page = await open(`/sites/${site}?range=${server.span.range}&tab.behaviour=revenue`);
  await scrolledTo(page, 'behaviour');
  const all = panel(page, 'behaviour');
  await expect(all.locator('.sums')).toContainText('€200.00');
  await expect(all.locator('.sums')).toContainText('€20.00');
  await all.getByRole('slider').focus();
  await page.keyboard.press('Home');

  await expect(all.getByRole('slider')).toHaveAttribute('aria-valuetext', /: €20\.00/);
});

test('where nothing is defined it is said what to do next', async ({ open }) => {
  const page = await open('/sites/empty.example');
  await scrolledTo(page, 'behaviour');
  const all = panel(page, 'behaviour');
  for (const [tab, words, section] of [
    ['goals', 'There is no goal yet', 'goals'],
    ['properties', 'There is no property yet', 'properties'],
    ['funnels', 'There is no funnel yet', 'funnels'],
    ['revenue', 'No goal is worth money yet', 'goals'],
  ] as const) {
    await all.locator(`[data-tab=${tab}]`).click();
    await expect(all).toContainText(words);
    await expect(all.locator('a.button')).toHaveAttribute(
      'href',
      `/sites/empty.example/settings/${section}`,
    );
  }
  await all.locator('[data-tab=paths]').click();
  await expect(all).toContainText('Nothing was counted');
  await expect(panel(page, 'refusals')).toContainText('was counted');
  await expect(panel(page, 'retention')).toContainText('No browser brought a cookie back');
  await expectAccessible(page);
});

test('what was not counted is told by reason, with what to do', async ({ open, server }) => {
  await sendAsPrograms(server.sporlos);
  const page = await open(`/sites/${site}?range=today`);
  await scrolledTo(page, 'refusals');
  const all = panel(page, 'refusals');

  await all.getByRole('button', { name: /^Programs/ }).click();
  await expect(all).toContainText('A program sent it, not a person.');
  await all.getByRole('button', { name: /^Another host/ }).click();
  await expect(all.getByRole('link')).toHaveAttribute('href', `/sites/${site}/settings/counting`);
  await all.getByRole('tab', { name: 'Programs' }).click();
  await expect(all.locator('tbody tr').first()).toContainText('Googlebot');
});

test('retention is a table of weeks', async ({ open, server }) => {
  const page = await open('/sites');
  await answerRetention(page);
  await page.goto(`${server.sporlos.origin}/sites/${site}?range=${server.span.range}`);
  await scrolledTo(page, 'retention');

  expect(await rows(page, 'retention')).toEqual([
    ['3 Aug', '200', '25%', '10%'],
    ['10 Aug', '100', '0%'],
  ]);
  await expect(panel(page, 'retention')).toContainText('40 browsers are in no week');

  await panel(page, 'retention').locator('.details').click();
  const weeks = page.getByRole('dialog');
  await weeks.getByRole('button', { name: 'Browsers' }).click();
  expect(await weeks.locator('tbody td:nth-child(2)').allTextContents()).toEqual(['200', '100']);
  await weeks.getByRole('button', { name: 'Browsers' }).click();
  await expect(weeks.locator('tbody td:nth-child(2)')).toHaveText(['100', '200']);
  expect(await fileOf(page)).toEqual([
    'First came,Browsers,1 wk,2 wk',
    '2026-08-10,100,0,',
    '2026-08-03,200,25,10',
  ]);
});

for (const { name, options } of looks.filter(
  ({ name }) => name === 'light' || name === 'in Danish',
)) {
  test(`how pages load is accessible, and how to hear of it: ${name}`, async ({ open, server }) => {
    const page = await open(`/sites/${site}?range=${server.span.range}`, options);
    if (name === 'in Danish') {
      await page.evaluate(() => {
        localStorage.setItem('sporlos-language', 'da');
      });
      await page.reload();
    }
    await scrolledTo(page, 'vitals');
    await expect(panel(page, 'vitals')).toContainText('/vitals.js');
    await expectAccessible(page);

    await answerVitals(page);
    await page.reload();
    await scrolledTo(page, 'vitals');
    await expect(panel(page, 'vitals').locator('.classes').first()).toBeVisible();
    expect(await rows(page, 'vitals')).toEqual([
      [
        '/kurv',
        name === 'in Danish' ? '2,6 s' : '2.6 s',
        '–',
        name === 'in Danish' ? '0,08' : '0.08',
        '80 ms',
      ],
    ]);
    await expectAccessible(page);
    await isAsWideAsTheScreen(page);
    await panel(page, 'vitals').locator('.details').click();
    await expect(page.getByRole('dialog').locator('tbody tr')).toHaveCount(1);
    await expectAccessible(page);
    expect(await fileOf(page)).toEqual([
      name === 'in Danish'
        ? 'Side,LCP,"LCP, gode",INP,"INP, gode",CLS,"CLS, gode",TTFB,"TTFB, gode",Visninger'
        : 'Page,LCP,"LCP, good",INP,"INP, good",CLS,"CLS, good",TTFB,"TTFB, good",Views',
      '/kurv,2600,80,,,0.08,90,80,100,10',
    ]);
  });
}

test('what may not be seen is said', async ({ open, server }) => {
  const page = await open('/sites');
  await page.route('**/api/v2/refusals', (route) =>
    route.fulfill({ status: 403, json: { error: 'Your account may not see this.' } }),
  );
  await page.goto(`${server.sporlos.origin}/sites/${site}?range=${server.span.range}`);
  await scrolledTo(page, 'refusals');

  await expect(panel(page, 'refusals')).toContainText('This is not open to your account');
  await expect(panel(page, 'refusals').getByRole('button', { name: 'Try again' })).toHaveCount(0);
});

test('details are searched, sorted, saved as a file, and closed by going back', async ({
  open,
  server,
}) => {
  const page = await open(`/sites/${site}?range=${server.span.range}`);
  await settled(page);
  await panel(page, 'pages').getByRole('button', { name: 'Details: Pages' }).click();
  await expect(page).toHaveURL(/details=pages/);
  const dialog = page.getByRole('dialog');
  const names = dialog.locator('tbody th');
  await expect(names).toHaveText(['/', '/prices', '/about, us']);
  await expect(dialog.locator('thead th')).toHaveText([
    'Page',
    'Visitors',
    'Change',
    'Visits',
    'Views',
    'Bounced',
    'Duration',
    'Time',
    'Scrolled',
  ]);

  await dialog.getByRole('button', { name: 'Page', exact: true }).click();
  await expect(names).toHaveText(['/', '/about, us', '/prices']);
  await expect(dialog.locator('thead th').first()).toHaveAttribute('aria-sort', 'ascending');
  await dialog.getByRole('searchbox').fill('PR');
  await expect(names).toHaveText(['/prices']);
  await expect(dialog).toContainText('1 row');
  const loading = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'CSV' }).click();
  const file = await loading;
  expect(file.suggestedFilename()).toBe(`${site} page ${server.span.range}.csv`);
  const lines = (await readFile(await file.path(), 'utf8')).trim().split(/\r?\n/);
  expect(lines).toHaveLength(2);
  expect(lines[1]).toMatch(/^\/prices,20,20,/);

  await page.goBack();
  await expect(dialog).toBeHidden();
  await page.goForward();
  await expect(names).toHaveText(['/prices']);
  await expect(dialog.getByRole('searchbox')).toHaveValue('PR');
  // Escape first empties the field that it is pressed in.
  await page.keyboard.press('Escape');
  await expect(names).toHaveCount(3);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page).not.toHaveURL(/details/);
});

test('a link shows details as they were searched and sorted', async ({ open, server }) => {
  const page = await open(
    `/sites/${site}?range=${server.span.range}&details=pages&sort=event:page&search=%2F`,
  );
  const dialog = page.getByRole('dialog');
  await expect(dialog.locator('tbody th')).toHaveText(['/', '/about, us', '/prices']);
  await expect(dialog.getByRole('searchbox')).toHaveValue('/');
  await dialog.getByRole('button', { name: 'Page', exact: true }).click();
  await expect(page).toHaveURL(/sort=-event:page/);
  await page.reload();
  await expect(dialog.locator('tbody th')).toHaveText(['/prices', '/about, us', '/']);
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(page).not.toHaveURL(/details|sort|search/);
});

const reported = [
  {
    tab: 'behaviour=funnels',
    id: 'behaviour',
    head: ['No.', 'Step', 'Visits', 'Of the first', 'Left before', 'Share that left'],
    sortBy: 'Visits',
    sorted: [/Looked at prices/, /Signed up/],
    search: 'signed',
    line: /^2,Signed up,10,50,10,50/,
  },
  {
    tab: 'behaviour=paths&tab.depth=1',
    id: 'behaviour',
    head: ['When', 'Steps', 'Way', 'Visits', 'Share'],
    sortBy: 'Visits',
    sorted: [/Entry/, /./, /./, /./],
    search: 'prices',
    line: /^After,1,\/prices,10,33/,
  },
  {
    tab: 'behaviour=revenue',
    id: 'behaviour',
    head: ['Goal', 'Revenue'],
    sortBy: 'Revenue',
    sorted: [/Signed up/],
    search: 'up',
    line: /^Signed up,/,
  },
];

for (const { tab, id, head, sortBy, sorted, search, line } of reported) {
  test(`details of a report are searched, sorted and saved: ${tab}`, async ({ open, server }) => {
    const page = await open(
      `/sites/${site}?range=${server.span.range}&compare=none&tab.${tab}&details=${id}`,
    );
    const dialog = page.getByRole('dialog');
    const lines = dialog.locator('tbody tr');
    await expect(lines).toHaveCount(sorted.length);
    expect((await dialog.locator('thead th').allTextContents()).slice(0, head.length)).toEqual(
      head,
    );
    await expectAccessible(page);

    const by = dialog.locator('thead th').filter({ hasText: sortBy });
    if ((await by.getAttribute('aria-sort')) !== 'descending') {
      await by.getByRole('button').click();
    }
    await expect(by).toHaveAttribute('aria-sort', 'descending');
    await expect(lines).toHaveText(sorted);
    await dialog.getByRole('searchbox').fill(search);
    await expect(page).toHaveURL(new RegExp(`search=${search}`));
    await expect(lines).toHaveCount(1);
    const loading = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'CSV' }).click();
    const saved = await readFile(await (await loading).path(), 'utf8');
    expect(saved.trim().split('\r\n').at(-1)).toMatch(line);
  });
}

test('details of what was not counted tell of each day', async ({ open, server }) => {
  await sendAsPrograms(server.sporlos);
  const page = await open(`/sites/${site}?range=today&details=refusals`);
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('searchbox').fill('googlebot');
  await expect(dialog.locator('tbody tr')).toHaveCount(1);
  await expect(dialog.locator('tbody tr')).toContainText('Googlebot');
  await expectAccessible(page);
});

/** What each panel asks, further down too. */
const asking = [
  { id: 'behaviour', tab: 'goals', asks: '**/api/v2/query', answered: 'tbody tr' },
  { id: 'behaviour', tab: 'funnels', asks: '**/api/v2/funnel', answered: '.funnel' },
  { id: 'behaviour', tab: 'paths', asks: '**/api/v2/paths', answered: '.flow svg' },
  { id: 'refusals', tab: 'reasons', asks: '**/api/v2/refusals', answered: '.answer' },
  { id: 'retention', tab: '', asks: '**/api/v2/retention', answered: '.answer' },
];

for (const { id, tab, asks, answered } of asking) {
  test(`a panel says that it waits, is offline, or failed: ${id} ${tab}`, async ({
    open,
    server,
  }) => {
    const page = await open('/sites');
    const address = `${server.sporlos.origin}/sites/${site}?range=${server.span.range}&tab.${id}=${tab}`;
    const all = panel(page, id);

    const gate = new EventEmitter();
    const opened = once(gate, 'open');
    await page.route(asks, async (route) => {
      await opened;
      await route.fallback();
    });
    await page.goto(address);
    await scrolledTo(page, id);
    await expect(all.locator('.skeleton').first()).toBeVisible();
    await expect(all).toContainText('This takes longer than usual', { timeout: 20_000 });
    await expectAccessible(page);
    gate.emit('open');
    await expect(all.locator(answered).first()).toBeVisible();
    await page.unroute(asks);

    await page.route(asks, (route) => route.abort('internetdisconnected'));
    await page.goto(address);
    await scrolledTo(page, id);
    await expect(all).toContainText('There is no connection to the server', { timeout: 20_000 });
    await page.unroute(asks);
    await all.getByRole('button', { name: 'Try again' }).click();
    await expect(all.locator(answered).first()).toBeVisible();

    await page.route(asks, (route) => route.fulfill({ status: 500, json: {} }));
    await page.goto(address);
    await scrolledTo(page, id);
    await expect(all).toContainText('Something went wrong on the server');
    await expectAccessible(page);
    await page.unroute(asks);
    await all.getByRole('button', { name: 'Try again' }).click();
    await expect(all.locator(answered).first()).toBeVisible();
    await expect(all.locator('.notice.warning')).toHaveCount(0);
  });
}

test('a link leads to details, and closing them leaves the site', async ({ open, server }) => {
  const page = await open('/sites');
  await page.goto(
    `${server.sporlos.origin}/sites/${site}?range=${server.span.range}&tab.places=country&details=places`,
  );
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('searchbox').fill('swe');
  await expect(dialog.locator('tbody th')).toHaveText(['Sweden']);
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(page).not.toHaveURL(/details/);
  // A page that the browser kept does not load again.
  await page.goBack({ waitUntil: 'commit' });
  await expect(page).toHaveURL(/\/sites$/);
});

test('a row of details narrows all, and going back shows them again', async ({ open, server }) => {
  const page = await open(`/sites/${site}?range=${server.span.range}`);
  await settled(page);
  await panel(page, 'sources').getByRole('button', { name: 'Details: Sources' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Newsletter' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(figure(page, 'Visitors')).toContainText('10');
  await page.goBack();
  await expect(page.getByRole('dialog').locator('tbody tr')).toHaveCount(3);
});

/** A crawler, and a page on a host that is not the site's. */
async function sendAsPrograms(sporlos: Sporlos): Promise<void> {
  const send = (agent: string, host: string) =>
    fetch(`${sporlos.origin}/b`, {
      method: 'POST',
      headers: { 'User-Agent': agent, 'Accept-Language': 'da', 'Content-Type': 'application/json' },
      body: JSON.stringify({ d: site, n: 'pageview', u: `https://${host}/` }),
    });
  const person =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36';
  const refused = [
    await send('Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', site),
    await send(person, 'copied.example'),
  ];
  expect(refused.map(({ headers }) => headers.get('Sporlos-Ignored'))).toEqual(['bot', 'host']);
  // Counts are written once a second.
  await expect
    .poll(() => sporlos.command('refusals', site), { timeout: 30_000 })
    .toMatch(/bot[^]*host|host[^]*bot/);
}

/** Has the questions of vitals be answered by what a site has whose pages report them. */
async function answerVitals(page: Page): Promise<void> {
  await page.route('**/api/v2/query', async (route) => {
    const asked = route.request().postDataJSON() as { metrics: string[]; dimensions?: string[] };
    if (!asked.metrics.includes('lcp')) {
      return route.fallback();
    }
    const whole = [2600, 8, 1, 1, 180, 10, 0, 0, 0.08, 9, 1, 0, 80, 10, 0, 0];
    const few = [2600, null, 0.08, 80, 10];
    const each = [2600, 8, 1, 1, null, 0, 0, 0, 0.08, 9, 1, 0, 80, 10, 0, 0];
    const result = asked.dimensions
      ? { dimensions: ['/kurv'], metrics: asked.metrics.includes('lcp_good') ? each : few }
      : { dimensions: [], metrics: whole };
    return route.fulfill({ json: { results: [result], meta: {}, query: asked } });
  });
}

/** Has the report of retention be answered by what a site with cookies has after weeks. */
async function answerRetention(page: Page): Promise<void> {
  await page.route('**/api/v2/retention', (route) =>
    route.fulfill({
      json: {
        results: [
          { week: '2026-08-03', browsers: [200, 50, 20] },
          { week: '2026-08-10', browsers: [100, 0] },
        ],
        meta: {
          date_range: ['2026-08-03T00:00:00+02:00', '2026-08-23T23:59:59+02:00'],
          browsers_of_unknown_weeks: 40,
        },
      },
    }),
  );
}

/** The lines of the file that the details which are open are saved as. */
async function fileOf(page: Page): Promise<string[]> {
  const loading = page.waitForEvent('download');
  await page.getByRole('dialog').locator('.detail-bar button').click();
  const text = await readFile(await (await loading).path(), 'utf8');
  return text.trimEnd().split('\r\n');
}
