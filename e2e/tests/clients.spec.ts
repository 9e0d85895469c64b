import { Ajv } from 'ajv';
import { type AnySchemaObject, Ajv2020 } from 'ajv/dist/2020.js';
import Plausible from 'plausible';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from '../support/test';
import { type Sporlos, startSporlos } from '../support/sporlos';

/*
 * Programs that were written for another server read from the real one what the beacons below add up
 * to. For the Stats API v1 that is a client as it is published. None of v2 was to be found on npm, so
 * its documented questions are sent as they stand; questions and answers are held against the schemas
 * that the server hands out.
 */

const site = 'example.com';

interface Answer {
  results: { metrics: (number | null)[]; dimensions: string[]; comparison?: unknown }[];
  meta: { time_labels?: string[]; total_rows?: number; comparison_date_range?: string[] };
  query: { date_range: string[] };
}

/** Asks the query language, and says what came back. */
type Asking = (question: object, secret?: string) => Promise<{ status: number; body: unknown }>;

const test = base.extend<
  object,
  { sporlos: Sporlos; token: string; client: Plausible; ask: Asking }
>({
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
  token: [
    async ({ sporlos }, use) => {
      await sporlos.command('site', 'add', site, '--timezone', 'UTC', '--profile', 'dk');
      const token = await sporlos.command('token', 'create', '--site', site, '--scope', 'stats');
      await visit(sporlos, 'da', '/', '/prices');
      await visit(sporlos, 'en', '/');
      await use(token.trim());
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  client: [
    async ({ sporlos, token }, use) => {
      await use(new Plausible(token, site, sporlos.origin));
    },
    { scope: 'worker' },
  ],
  ask: [
    async ({ sporlos, token }, use) => {
      await use(async (question, secret = token) => {
        const answer = await fetch(`${sporlos.origin}/api/v2/query`, {
          method: 'POST',
          headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
          body: JSON.stringify(question),
        });
        return { status: answer.status, body: await answer.json() };
      });
    },
    { scope: 'worker' },
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

/** The documented question of the query language, and what a reader of its pages asks next. */
const questions = {
  'countries and cities': {
    site_id: site,
    metrics: ['visitors', 'pageviews', 'bounce_rate'],
    date_range: '7d',
    filters: [['is_not', 'visit:country_name', ['']]],
    dimensions: ['visit:country_name', 'visit:city_name'],
  },
  totals: {
    site_id: site,
    metrics: ['visitors', 'visits', 'pageviews', 'views_per_visit', 'visit_duration', 'events'],
    date_range: 'all',
  },
  'a series': {
    site_id: site,
    metrics: ['visitors'],
    date_range: '7d',
    dimensions: ['time:day'],
    include: { time_labels: true },
  },
  'top pages': {
    site_id: site,
    metrics: ['visitors', 'pageviews'],
    date_range: 'day',
    dimensions: ['event:page'],
    filters: [
      [
        'or',
        [
          ['contains', 'event:page', ['price']],
          ['is', 'event:page', ['/']],
        ],
      ],
    ],
    order_by: [['pageviews', 'desc']],
    include: { total_rows: true },
    pagination: { limit: 1, offset: 0 },
  },
  'a comparison': {
    site_id: site,
    metrics: ['visitors'],
    date_range: 'day',
    include: { comparisons: { mode: 'previous_period' } },
  },
};

test('questions of the Stats API v2 and their answers are as the served schemas say', async ({
  sporlos,
  ask,
}) => {
  // The one schema is of draft 7, as its reference is; OpenAPI 3.1 speaks that of 2020.
  const options = { strict: false, validateFormats: false };
  const ajv = new Ajv2020(options);
  const load = async (path: string) =>
    (await (await fetch(`${sporlos.origin}${path}`)).json()) as AnySchemaObject;
  const isQuestion = new Ajv(options).compile(await load('/api/docs/query/schema.json'));
  ajv.addSchema({ ...(await load('/api/docs/openapi.json')), $id: 'urn:sporlos:api' });
  const isAnswer = ajv.compile({ $ref: 'urn:sporlos:api#/components/schemas/Answer' });

  for (const [name, question] of Object.entries(questions)) {
    expect(isQuestion(question), `${name}: ${ajv.errorsText(isQuestion.errors)}`).toBe(true);
    const { status, body } = await ask(question);
    expect(status, name).toBe(200);
    expect(isAnswer(body), `${name}: ${ajv.errorsText(isAnswer.errors)}`).toBe(true);
  }
  expect(isQuestion({ ...questions.totals, metrics: ['baa'] })).toBe(false);
  expect(isAnswer({ results: [], meta: {} })).toBe(false);
});

test('the Stats API v2 tells what the beacons add up to', async ({ ask }) => {
  const answer = async (name: keyof typeof questions) =>
    (await ask(questions[name])).body as Answer;

  expect((await answer('countries and cities')).results).toEqual([]);
  expect((await answer('totals')).results).toEqual([
    { metrics: [2, 2, 3, 1.5, expect.any(Number), 3], dimensions: [] },
  ]);
  const series = await answer('a series');
  expect(series.meta.time_labels).toHaveLength(7);
  expect(series.results.at(-1)).toEqual({
    metrics: [2],
    dimensions: [series.meta.time_labels?.at(-1)],
  });
  expect(await answer('top pages')).toMatchObject({
    results: [{ metrics: [2, 2], dimensions: ['/'] }],
    meta: { total_rows: 2 },
  });
  expect((await answer('a comparison')).results).toEqual([
    { metrics: [2], dimensions: [], comparison: { metrics: [0], dimensions: [], change: [100] } },
  ]);
});

test('the Stats API v2 words what is wrong as it is documented', async ({ ask }) => {
  const refused = async (change: object) => {
    const { status, body } = await ask({ ...questions.totals, ...change });
    return `${status} ${(body as { error: string }).error}`;
  };

  expect(await refused({ dimensions: ['badproperty'] })).toBe(
    '400 #/dimensions/0: Invalid dimension "badproperty"',
  );
  expect(await refused({ metrics: ['visitors', 'baa'] })).toBe(
    '400 #/metrics/1: Invalid metric "baa"',
  );
  expect(await refused({ date_range: 'bad_period' })).toBe(
    '400 #/date_range: Invalid date range "bad_period"',
  );
  expect(await refused({ metrics: ['visits', 'visits'] })).toBe(
    '400 #/metrics: Expected items to be unique but they were not.',
  );
  expect(await refused({ metrics: ['conversion_rate'] })).toBe(
    '400 Metric `conversion_rate` can only be queried with event:goal filters or dimensions.',
  );
  expect(await refused({ metrics: ['bounce_rate'], dimensions: ['event:name'] })).toBe(
    '400 Session metric(s) `bounce_rate` cannot be queried along with event dimension(s) `event:name`',
  );
  const stranger = await ask(questions.totals, 'wrong');
  expect(stranger.status).toBe(401);
  expect(stranger.body).toEqual({ error: expect.stringContaining('Invalid API key or site ID.') });
});
