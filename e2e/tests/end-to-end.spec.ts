import { type Page, type Response } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from '../support/test';
import { type Sporlos, startSporlos } from '../support/sporlos';
import { startWebsite, type Website } from '../support/website';

/** The host that the pages are on: others do not count. */
const site = 'localhost';
const zone = 'Europe/Copenhagen';

/** What a query answers. */
interface Answer {
  results: { dimensions: string[]; metrics: number[] }[];
}

/** Asks the query API about the site, today; a test may run past midnight. */
type Ask = (question: object) => Promise<Answer['results']>;

const test = base.extend<object, { sporlos: Sporlos; embedding: Website; ask: Ask }>({
  sporlos: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the parameter's text
    async ({}, use) => {
      const data = await mkdtemp(join(tmpdir(), 'sporlos-e2e-'));
      const sporlos = await startSporlos(data);
      await use(sporlos);
      await sporlos.stop();
      await rm(data, { recursive: true });
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  embedding: [
    async ({ sporlos }, use) => {
      const website = await startWebsite(sporlos.origin, site);
      await use(website);
      await website.stop();
    },
    { scope: 'worker' },
  ],
  ask: [
    async ({ sporlos }, use) => {
      const firstDay = today();
      await sporlos.command('site', 'add', site, '--timezone', zone, '--profile', 'dk');
      const token = await sporlos.command('token', 'create', '--site', site, '--scope', 'stats');
      await use(async (question) => {
        const answer = await fetch(`${sporlos.origin}/api/v2/query`, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${token.trim()}`,
            'content-type': 'application/json',
          },
          body: JSON.stringify({ site_id: site, date_range: [firstDay, today()], ...question }),
        });
        expect(answer.status, await answer.clone().text()).toBe(200);
        return ((await answer.json()) as Answer).results;
      });
    },
    { scope: 'worker', timeout: 60_000 },
  ],
});

/** The answer to the next beacon of that name. */
const beaconAnswer = (page: Page, name: string, path = '/b'): Promise<Response> =>
  page.waitForResponse(
    (response) =>
      response.request().method() === 'POST' &&
      new URL(response.url()).pathname === path &&
      (JSON.parse(response.request().postData() ?? '{}') as { n?: string }).n === name,
  );

/** The date in the site's own time zone. */
const today = () => new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(new Date());

test('two pages seen in a browser are read back as one visit of one visitor', async ({
  page,
  embedding,
  ask,
}) => {
  const first = beaconAnswer(page, 'pageview');
  await page.goto(embedding.origin);
  await expectCounted(first);
  const second = beaconAnswer(page, 'pageview');
  await page.getByText('second').click();
  await expectCounted(second);

  await expect
    .poll(() => ask({ metrics: ['visitors', 'visits', 'pageviews'] }))
    .toEqual([{ dimensions: [], metrics: [1, 1, 2] }]);
  const byPage = await ask({ metrics: ['visitors', 'pageviews'], dimensions: ['event:page'] });
  expect(byPage).toHaveLength(2);
  expect(byPage).toEqual(
    expect.arrayContaining([
      { dimensions: ['/'], metrics: [1, 1] },
      { dimensions: ['/second'], metrics: [1, 1] },
    ]),
  );
  expect(await ask({ metrics: ['visits'], dimensions: ['visit:entry_page'] })).toEqual([
    { dimensions: ['/'], metrics: [1] },
  ]);
});

test('how a page loaded, reacted and held still is read back', async ({ page, embedding, ask }) => {
  const counted = beaconAnswer(page, 'pageview');
  await page.goto(`${embedding.origin}/vitals`);
  await expectCounted(counted);
  await page.getByRole('button').click();
  await expect(page.getByText('shoved')).toBeVisible();

  await page.goto('about:blank');

  const metrics = ['lcp', 'inp', 'cls', 'ttfb', 'lcp_good', 'cls_poor'];
  await expect
    .poll(() => ask({ metrics, dimensions: ['event:page'] }))
    .toEqual([
      {
        dimensions: ['/vitals'],
        metrics: [...Array.from({ length: 4 }, (): unknown => expect.any(Number)), 1, 0],
      },
    ]);
});

test('a script under a name of its own reports to that name', async ({
  page,
  sporlos,
  embedding,
  ask,
}) => {
  await sporlos.command('site', 'set', site, 'tracker-name', 'hits');
  await expect.poll(async () => (await fetch(`${sporlos.origin}/hits.js`)).status).toBe(200);

  const counted = beaconAnswer(page, 'pageview', '/hits');
  await page.goto(`${embedding.origin}/named`);
  await expectCounted(counted);

  await expect
    .poll(() => ask({ metrics: ['pageviews'], filters: [['is', 'event:page', ['/named']]] }))
    .toEqual([{ dimensions: [], metrics: [1] }]);
});

async function expectCounted(answer: Promise<Response>) {
  const response = await answer;
  expect(response.status()).toBe(202);
  expect(response.headers()).not.toHaveProperty('sporlos-ignored');
}
