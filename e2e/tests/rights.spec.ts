import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { agent } from '../support/chromium';
import { expect, test as base } from '../support/test';
import { type Sporlos, startSporlos } from '../support/sporlos';
import { startWebsite, type Website } from '../support/website';

const site = 'localhost';

/** The page about the visitor's rights, over a real server, with the website on the same site. */
const test = base.extend<object, { rights: { origin: string; sporlos: Sporlos }; shop: Website }>({
  rights: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the parameter's text
    async ({}, use) => {
      const data = await mkdtemp(join(tmpdir(), 'sporlos-rights-'));
      const sporlos = await startSporlos(data);
      await sporlos.command('site', 'add', site, '--timezone', 'Europe/Copenhagen');
      // By name, so that website and collector are one site, as `stats.example.com` is.
      await use({ origin: sporlos.origin.replace('127.0.0.1', 'localhost'), sporlos });
      await sporlos.stop();
      await rm(data, { recursive: true });
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  shop: [
    async ({ rights }, use) => {
      const website = await startWebsite(rights.origin, site);
      await use(website);
      await website.stop();
    },
    { scope: 'worker' },
  ],
});

test.describe.configure({ mode: 'serial', timeout: 90_000 });

/** A visit of two pages that agrees to the cookie on the first. */
async function visit(page: Page, shop: Website) {
  const taken = () =>
    page.waitForResponse(
      (response) => response.url().endsWith('/b') && response.request().method() === 'POST',
    );
  const first = taken();
  await page.goto(shop.origin);
  await first;
  const told = taken();
  await page.evaluate(() => {
    (window as unknown as { sporlos: { consent: (given: boolean) => void } }).sporlos.consent(true);
  });
  await told;
  const second = taken();
  await page.goto(`${shop.origin}/second`);
  await second;
}

const open = (page: Page, origin: string, language: string) =>
  page.goto(`${origin}/privacy?site=${site}&lang=${language}`);

const person = (browser: Browser, more: object = {}): Promise<BrowserContext> =>
  browser.newContext({ userAgent: agent, ...more });

async function expectAccessible(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

for (const language of ['da', 'en']) {
  for (const scheme of ['light', 'dark'] as const) {
    test(`every page is accessible: ${language}, ${scheme}`, async ({ browser, rights, shop }) => {
      const context = await person(browser, {
        colorScheme: scheme,
        viewport: { width: 320, height: 800 },
      });
      const page = await context.newPage();

      await open(page, rights.origin, language);
      await expectAccessible(page);
      await visit(page, shop);
      await open(page, rights.origin, language);
      await expect(page.locator('html')).toHaveAttribute('lang', language);
      await expectAccessible(page);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
        'nothing is wider than a small screen',
      ).toBe(true);
      await page.goto(`${rights.origin}/privacy/policy?site=${site}&lang=${language}`);
      await expectAccessible(page);
      await context.close();
    });
  }
}

for (const javaScriptEnabled of [true, false]) {
  test(`a visit is seen, copied and erased, with scripts: ${String(javaScriptEnabled)}`, async ({
    browser,
    rights,
    shop,
  }) => {
    const visiting = await person(browser);
    await visit(await visiting.newPage(), shop);
    // The same browser, whose scripts are on or off.
    const context = await person(browser, {
      javaScriptEnabled,
      storageState: await visiting.storageState(),
    });
    const page = await context.newPage();

    await open(page, rights.origin, 'en');
    await expect(page.locator('main')).toContainText('/second');
    const copy = await context.request.get(`${rights.origin}/privacy?site=${site}&format=json`);
    expect(await copy.text()).toContain('/second');

    await page.getByRole('button', { name: 'Erase the visit' }).click();
    await expect(page.locator('main')).not.toContainText('/second');
    expect((await context.cookies()).filter(({ name }) => name.startsWith('sporlos-'))).toEqual([]);
    const after = await context.request.get(`${rights.origin}/privacy?site=${site}&format=json`);
    expect(await after.text()).not.toContain('/second');
    await visiting.close();
    await context.close();
  });
}

test('an objection is kept here and on the website, and nothing is counted any more', async ({
  browser,
  rights,
  shop,
}) => {
  const context = await person(browser);
  const page = await context.newPage();
  await open(page, rights.origin, 'da');
  await page.getByRole('button', { name: 'Gør indsigelse' }).click();
  expect((await context.cookies()).map(({ name, value }) => `${name}=${value}`)).toEqual([
    'sporlos-optout=1',
  ]);

  // The link on the page leads to the site's own port; the test's website is on another.
  await page.goto(`${shop.origin}/#sporlos-optout`);
  await page.waitForURL(`${rights.origin}/privacy?site=${site}&stored=optout`);
  await expectAccessible(page);

  const beacons: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/b')) {
      beacons.push(request.url());
    }
  });
  await page.goto(shop.origin);
  await page.waitForLoadState('networkidle');
  expect(beacons).toEqual([]);
  await context.close();
});

test('a neighbour who looks alike sees nothing of the visit', async ({ browser, rights, shop }) => {
  const one = await person(browser);
  await visit(await one.newPage(), shop);
  const other = await person(browser);
  const page = await other.newPage();
  await page.goto(shop.origin);

  await open(page, rights.origin, 'en');

  await expect(page.locator('main')).not.toContainText('/second');
  await one.close();
  await other.close();
});
