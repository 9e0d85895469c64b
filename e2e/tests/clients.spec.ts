import Plausible from 'plausible';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from '../support/test';
import { type Sporlos, startSporlos } from '../support/sporlos';

/*
 * Programs that were written for another server, as they are published: a client of the Stats API v1
 * reads from the real server what the beacons below add up to.
 */

const site = 'example.com';

const test = base.extend<object, { sporlos: Sporlos; client: Plausible }>({
  sporlos: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the parameter's text
    async ({}, use) => {
      const data = await mkdtemp(join(tmpdir(), 'sporlos-clients-'));
      const sporlos = await startSporlos(data);
      await use(sporlos);
      await sporlos.stop();
      await rm(data, { recursive: true });
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  client: [
    async ({ sporlos }, use) => {
      await sporlos.command('site', 'add', site, '--timezone', 'UTC', '--profile', 'dk');
      const token = await sporlos.command('token', 'create', '--site', site, '--scope', 'stats');
      await visit(sporlos, 'da', '/', '/prices');
      await visit(sporlos, 'en', '/');
      await use(new Plausible(token.trim(), site, sporlos.origin));
    },
    { scope: 'worker', timeout: 60_000 },
  ],
});

/** Somebody, told apart by their language, views pages. */
async function visit(sporlos: Sporlos, language: string, ...paths: string[]): Promise<void> {
  for (const path of paths) {
    const answer = await fetch(`${sporlos.origin}/b`, {
      method: 'POST',
      headers: {
        'accept-language': language,
        'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0',
      },
      body: JSON.stringify({ d: site, n: 'pageview', u: `https://${site}${path}` }),
    });
    expect(answer.headers.get('sporlos-ignored')).toBeNull();
    expect(answer.status).toBe(202);
  }
}

test('a client of the Stats API v1 reads who is there now', async ({ client }) => {
  expect(await client.getRealtime()).toBe(2);
});

test('a client of the Stats API v1 reads totals and what they were before', async ({ client }) => {
  expect(await client.getAggregate('7d', 'visitors')).toEqual({ value: 2 });
  expect(await client.getAggregate('7d', 'pageviews', true)).toEqual({
    value: 3,
    change: 100,
    comparison_value: 0,
  });
});

test('a client of the Stats API v1 reads a series with every day', async ({ client }) => {
  const series = await client.getTimeseries('7d', 'pageviews');

  expect(series).toHaveLength(7);
  expect(series.slice(0, 5).map((day) => Number(day.pageviews))).toEqual([0, 0, 0, 0, 0]);
  expect(series.reduce((sum, day) => sum + Number(day.pageviews), 0)).toBe(3);
});

test('a client of the Stats API v1 reads the top pages, one page of rows at a time', async ({
  client,
}) => {
  expect(await client.getBreakdown('7d', 'pageviews', 'event:page', null, 1, 2)).toEqual([
    { page: '/prices', pageviews: 1 },
  ]);
});

test('a client of the Stats API v1 is told what is wrong', async ({ sporlos }) => {
  const stranger = new Plausible('wrong', site, sporlos.origin);

  await expect(stranger.getRealtime()).rejects.toThrow('Invalid API key or site ID.');
});
