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

const test = base.extend<object, { sporlos: Sporlos; embedding: Website }>({
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
});

/** The answer to the next beacon of that name. */
const beaconAnswer = (page: Page, name: string): Promise<Response> =>
  page.waitForResponse(
    (response) =>
      response.request().method() === 'POST' &&
      new URL(response.url()).pathname === '/b' &&
      (JSON.parse(response.request().postData() ?? '{}') as { n?: string }).n === name,
  );

/** The date in the site's own time zone. */
const today = () => new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(new Date());

test('two pages seen in a browser are read back as one visit of one visitor', async ({
  page,
  sporlos,
  embedding,
}) => {
  test.setTimeout(90_000);
  const firstDay = today();
  await sporlos.command('site', 'add', site, '--timezone', zone, '--profile', 'dk');
  const token = await sporlos.command('token', 'create', '--site', site, '--scope', 'stats');
  const query = async (question: object) => {
    const answer = await fetch(`${sporlos.origin}/api/v2/query`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token.trim()}`, 'content-type': 'application/json' },
      body: JSON.stringify({ site_id: site, date_range: [firstDay, today()], ...question }),
    });
    expect(answer.status, await answer.clone().text()).toBe(200);
    return ((await answer.json()) as Answer).results;
  };

  const first = beaconAnswer(page, 'pageview');
  await page.goto(embedding.origin);
  await expectCounted(first);
  const second = beaconAnswer(page, 'pageview');
  await page.getByText('second').click();
  await expectCounted(second);

  await expect
    .poll(() => query({ metrics: ['visitors', 'visits', 'pageviews'] }))
    .toEqual([{ dimensions: [], metrics: [1, 1, 2] }]);
  const byPage = await query({ metrics: ['visitors', 'pageviews'], dimensions: ['event:page'] });
  expect(byPage).toHaveLength(2);
  expect(byPage).toEqual(
    expect.arrayContaining([
      { dimensions: ['/'], metrics: [1, 1] },
      { dimensions: ['/second'], metrics: [1, 1] },
    ]),
  );
  expect(await query({ metrics: ['visits'], dimensions: ['visit:entry_page'] })).toEqual([
    { dimensions: ['/'], metrics: [1] },
  ]);
});

async function expectCounted(answer: Promise<Response>) {
  const response = await answer;
  expect(response.status()).toBe(202);
  expect(response.headers()).not.toHaveProperty('sporlos-ignored');
}
