import type { Page } from '@playwright/test';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { agent } from '../support/chromium';
import { type Balancer, startBalancer } from '../support/balancer';
import { type Sporlos, startSporlos } from '../support/sporlos';
import { sweep } from '../support/sweep';
import { expect, test as base } from '../support/test';
import { startWebsite, type Website } from '../support/website';

const site = 'localhost';

/** Where what is swept lies. */
interface Places {
  /** All that is on a disk: data, log, and what was answered. */
  disk: string;
  /** Where a process leaves its memory to the next: on a tmpfs. */
  memory: string;
}

const mark = () => randomBytes(10).toString('hex');

/** What a person's browser brings that must not be kept, each by its name. */
const bring = () => ({
  agent,
  address: `203.0.113.${String(100 + (randomBytes(1).readUInt8() % 100))}`,
  'cut address': '203.0.113.',
  email: `anna-${mark()}@example.org`,
  token: mark(),
  user: `anna-${mark()}`,
  search: mark(),
  session: mark(),
});

type Said = ReturnType<typeof bring>;

interface Fixtures {
  places: Places;
  sporlos: Sporlos;
  said: Said;
  balancer: Balancer;
  shop: Website;
}

/** A server whose log is at its most talkative, and which believes what is said of addresses. */
const test = base.extend<object, Fixtures>({
  places: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the parameter's text
    async ({}, use) => {
      const disk = await mkdtemp(join(tmpdir(), 'sporlos-canary-'));
      const memory = await mkdtemp('/dev/shm/sporlos-canary-');
      await use({ disk, memory });
      await rm(disk, { recursive: true });
      await rm(memory, { recursive: true });
    },
    { scope: 'worker' },
  ],
  sporlos: [
    async ({ places }, use) => {
      const shipped = new URL('../../src/main/resources/logback.xml', import.meta.url);
      const log = join(places.disk, 'logback.xml');
      await writeFile(log, (await readFile(shipped, 'utf8')).replace(/"(INFO|WARN)"/g, '"TRACE"'));
      const sporlos = await startSporlos(join(places.disk, 'data'), {
        settings: ['--trusted-proxies', '127.0.0.1/32'],
        environment: {
          XDG_RUNTIME_DIR: places.memory,
          JAVA_TOOL_OPTIONS: `-Dlogback.configurationFile=${log}`,
        },
      });
      await sporlos.command('site', 'add', site, '--timezone', 'Europe/Copenhagen');
      await use(sporlos);
      await sporlos.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the parameter's text
  said: [async ({}, use) => use(bring()), { scope: 'worker' }],
  balancer: [
    async ({ sporlos, said }, use) => {
      const balancer = await startBalancer(sporlos.origin, said.address);
      await use(balancer);
      await balancer.stop();
    },
    { scope: 'worker' },
  ],
  shop: [
    async ({ balancer }, use) => {
      const website = await startWebsite(balancer.origin, site);
      await use(website);
      await website.stop();
    },
    { scope: 'worker' },
  ],
});

const taken = (page: Page) =>
  page.waitForResponse(
    (response) =>
      response.url().endsWith('/b') &&
      response.request().method() === 'POST' &&
      response.status() === 202,
  );

interface Tracked {
  sporlos: ((name: string, options: { props: Record<string, string> }) => void) & {
    consent: (given: boolean) => void;
  };
}

/** Comes from a search, agrees to the cookie, orders, and goes on: saying too much all the time. */
async function visit(page: Page, shop: Website, said: Said) {
  const query = `?email=${said.email}&token=${said.token}&utm_campaign=${said.email}#${said.token}`;
  const target = `${shop.origin}/telling/${said.email}/${said.token}${query}`;
  await page.goto(
    `${shop.elsewhere}/linking/${said.search}?q=${said.search}&to=${encodeURIComponent(target)}`,
  );
  const viewed = taken(page);
  await page.getByText('there').click();
  await viewed;

  const agreed = taken(page);
  await page.evaluate(() => {
    (window as unknown as Tracked).sporlos.consent(true);
  });
  await agreed;

  const ordered = taken(page);
  await page.evaluate(({ email, user, token }) => {
    (window as unknown as Tracked).sporlos('Order', {
      props: { plan: token, note: `for ${email}`, greeting: `hello ${user}` },
    });
  }, said);
  await ordered;

  const second = taken(page);
  await page.goto(`${shop.origin}/second?email=${said.email}`);
  await second;
}

/** What everybody who asks is told: figures, measurements, the visitor's own page and its copy. */
async function answers(page: Page, sporlos: Sporlos, origin: string): Promise<string> {
  const token = await sporlos.command('token', 'create', '--site', site, '--scope', 'stats');
  const figures: string[] = [];
  for (const dimension of ['event:page', 'event:hostname', 'visit:entry_page']) {
    const answer = await fetch(`${sporlos.origin}/api/v2/query`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token.trim()}` },
      body: JSON.stringify({
        site_id: site,
        date_range: '7d',
        metrics: ['visitors'],
        dimensions: [dimension],
      }),
    });
    figures.push(await answer.text());
    expect(answer.status, figures.at(-1)).toBe(200);
  }
  const rights = `${origin}/privacy?site=${site}`;
  await page.goto(rights);
  const copy = await page.context().request.get(`${rights}&format=json`);
  return [
    ...figures,
    await page.content(),
    await copy.text(),
    await sporlos.manage('/metrics'),
    await sporlos.manage('/doctor'),
    await sporlos.command('stats', site),
    await sporlos.command('refusals', site),
    await sporlos.command('cleaned', site),
  ].join('\n');
}

test('nothing that a browser brings is left of its visit, wherever one looks', async ({
  browser,
  places,
  sporlos,
  said,
  balancer,
  shop,
}) => {
  test.setTimeout(120_000);
  const context = await browser.newContext({ userAgent: agent });
  await context.addCookies([{ name: 'session', value: said.session, url: balancer.origin }]);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await visit(page, shop, said);
  const cookie = (await context.cookies(balancer.origin)).find(({ name }) =>
    name.startsWith('sporlos-'),
  );
  const number = cookie?.value.split('.').at(-1) ?? '';
  expect(number.length).toBeGreaterThan(16);
  const secrets = { ...said, cookie: cookie?.value ?? '', 'number of the cookie': number };

  const files = join(places.disk, 'answers');
  await mkdir(files);
  await writeFile(join(files, 'answers'), await answers(page, sporlos, balancer.origin));
  expect(await readFile(join(files, 'answers'), 'utf8')).toContain('/second');
  await page.getByRole('button', { name: /Erase the visit|Slet besøget/ }).click();
  await page.waitForURL(/result=erased/);
  await context.close();
  await sporlos.stop();
  await writeFile(join(files, 'printed'), sporlos.output());
  // The log is told to say everything; what libraries would say of requests is held back.
  expect(sporlos.output()).toContain('DEBUG');
  const handedOver = await readdir(places.memory, { recursive: true });

  expect(handedOver.filter((file) => file.endsWith('memory'))).toHaveLength(1);
  expect(await sweep(secrets, [places.disk, places.memory])).toEqual([]);

  // The controls: it was all brought, and the same sweep finds it.
  await writeFile(join(files, 'sent'), balancer.heard());
  const brought = await sweep(secrets, [files]);
  for (const name of Object.keys(secrets)) {
    expect(brought).toContain(`${name} in ${join(files, 'sent')}`);
  }
  const leaked = Buffer.from(`{"agent":"${agent}","c":"${number}"}`).toString('base64');
  await writeFile(join(places.disk, 'data', 'leaked'), leaked);
  const leaks = await sweep(secrets, [places.disk]);
  expect(leaks).toContain(`agent in base64 in ${join(places.disk, 'data', 'leaked')}`);
  expect(leaks.join('\n')).toContain('number of the cookie in base64 in ');
});
