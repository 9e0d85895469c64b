import AxeBuilder from '@axe-core/playwright';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
  request,
} from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from './test';
import { type Sporlos, startSporlos } from './sporlos';

/** The site that the tests of the dashboard look at. */
export const site = 'shop.example';

const zone = 'Europe/Copenhagen';
const millisOfDay = 86_400_000;

/** A day of the site, so many days ago. */
export const dayAgo = (days: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(Date.now() - days * millisOfDay);

/** What all tests of a worker share. */
export interface Server {
  sporlos: Sporlos;
  /** The session of an owner. */
  owner: Awaited<ReturnType<BrowserContext['storageState']>>;
  /** Ten days that have visits: four of each, of 3 visitors who look at 6 pages. */
  span: { first: string; last: string; range: string };
}

/** Somebody at the dashboard, over a server with a site that has figures. */
export const test = base.extend<
  { open: (path: string, options?: BrowserContextOptions) => Promise<Page> },
  { server: Server }
>({
  server: [
    async ({ browser }, use) => {
      const data = await mkdtemp(join(tmpdir(), 'sporlos-dashboard-'));
      const sporlos = await startSporlos(data);
      await sporlos.command('site', 'add', site, '--timezone', zone);
      await sporlos.command('site', 'set', site, 'place', 'city');
      await sporlos.command('site', 'add', 'empty.example', '--timezone', zone);
      const [first, last] = [dayAgo(12), dayAgo(3)];
      const owner = await signUp(browser, sporlos);
      await define(sporlos, owner);
      await fill(sporlos);
      await use({ sporlos, owner, span: { first, last, range: `${first}..${last}` } });
      await sporlos.stop();
      await rm(data, { recursive: true });
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  /* Whatever is done: nothing fails, no other host is asked, and no policy is broken. */
  open: async ({ browser, server }, use) => {
    const faults: string[] = [];
    const contexts: BrowserContext[] = [];
    await use(async (path, options = {}) => {
      const context = await browser.newContext({
        storageState: server.owner,
        locale: 'en-GB',
        ...options,
      });
      contexts.push(context);
      const page = await context.newPage();
      page.on('console', (message) => {
        // The browser says this of each answer that the tests make fail.
        if (message.type() === 'error' && !message.text().includes('Failed to load resource')) {
          faults.push(message.text());
        }
      });
      page.on('pageerror', (error) => faults.push(error.message));
      page.on('request', (request) => {
        if (
          !request.url().startsWith(server.sporlos.origin) &&
          !request.url().startsWith('data:')
        ) {
          faults.push(`asked ${request.url()}`);
        }
      });
      await page.goto(server.sporlos.origin + path);
      return page;
    });
    for (const context of contexts) {
      await context.close();
    }
    expect(faults).toEqual([]);
  },
});

export { expect };

/** Nothing that axe knows of keeps anybody out. */
export async function expectAccessible(page: Page): Promise<void> {
  // What has just been scrolled half under the bar at the top is no smaller for that.
  const at = await page.evaluate(() => {
    const before = scrollY;
    scrollTo({ top: 0, behavior: 'instant' });
    return before;
  });
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  await page.evaluate((top) => {
    scrollTo({ top, behavior: 'instant' });
  }, at);
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

/** Waits until all that is shown is an answer to what is asked. */
export async function settled(page: Page): Promise<void> {
  await expect(page.locator('.answer').first()).toBeVisible();
  await expect(page.locator('[aria-busy=true], .skeleton')).toHaveCount(0);
}

/** The rows of a panel, each as its cells. */
export const rows = async (page: Page, panel: string): Promise<string[][]> => {
  const table = page.locator(`[data-panel=${panel}] table`);
  await expect(table).toBeVisible();
  return table
    .locator('tbody tr')
    .evaluateAll((lines) =>
      lines.map((line) => [...line.children].map((cell) => (cell as HTMLElement).innerText.trim())),
    );
};

/** What is drawn at the head of the page, by its name. */
export const figure = (page: Page, name: string) =>
  page.locator('.figure').filter({ has: page.getByText(name, { exact: true }) });

/** What visitors are to do: look at prices, then sign up, which earns money; and what nobody does. */
async function define(sporlos: Sporlos, owner: Server['owner']): Promise<void> {
  const api = await request.newContext({ baseURL: sporlos.origin, storageState: owner });
  const { token } = (await (await api.get('/api/me')).json()) as { token: string };
  const send = async (method: string, path: string, data: object) => {
    const answer = await api.fetch(path, { method, data, headers: { 'Sporlos-Token': token } });
    expect(answer.ok(), `${method} ${path}: ${await answer.text()}`).toBe(true);
    return (await answer.json()) as { id: string };
  };
  const goal = async (of: object) =>
    Number((await send('PUT', '/api/v1/sites/goals', { site_id: site, ...of })).id);
  const looked = await goal({
    goal_type: 'page',
    page_path: '/prices',
    display_name: 'Looked at prices',
  });
  const signed = await goal({
    goal_type: 'event',
    event_name: 'Signup',
    display_name: 'Signed up',
    currency: 'EUR',
  });
  await goal({ goal_type: 'page', page_path: '/thanks', display_name: 'Said thanks' });
  await send('POST', `/api/v1/sites/${site}/funnels`, {
    name: 'From prices to sign-up',
    goals: [looked, signed],
  });
  await send('PUT', '/api/v1/sites/custom-props', { site_id: site, property: 'plan' });
  await api.dispose();
}

/** Three visitors a day, of whom one comes twice, and one signs up. */
async function fill(sporlos: Sporlos): Promise<void> {
  const token = await sporlos.command('token', 'create', '--site', site, '--scope', 'import');
  const lines: object[] = [];
  for (let days = 3; days <= 12; days++) {
    const visit = (visitor: string, hour: number, pages: string[], of: object) => {
      pages.forEach((path, step) => {
        lines.push({
          site,
          visitor,
          at: `${dayAgo(days)}T${String(hour).padStart(2, '0')}:${String(step * 2).padStart(2, '0')}:00Z`,
          url: `https://${site}${path}`,
          ...of,
        });
      });
    };
    const danish = { country: 'DK', city: 'Aarhus', language: 'da' };
    const windows = { browser: 'Chrome', browser_version: '156', os: 'Windows', device: 'Desktop' };
    const phone = { browser: 'Safari', browser_version: '26', os: 'iOS', device: 'Mobile' };
    const google = { source: 'Google', channel: 'Organic Search' };
    const mail = { source: 'Newsletter', channel: 'Email', utm_campaign: 'autumn' };
    visit('a', 8, ['/', '/prices'], { ...danish, ...windows, ...google, screen: '1920x1080' });
    lines.push({
      site,
      visitor: 'a',
      at: `${dayAgo(days)}T08:03:00Z`,
      url: `https://${site}/prices`,
      name: 'Signup',
      props: { plan: days % 2 === 0 ? 'team' : 'alone' },
      revenue: { amount: 20, currency: 'EUR' },
      ...danish,
      ...windows,
      ...google,
      screen: '1920x1080',
    });
    visit('b', 10, ['/'], { ...danish, ...phone, screen: '390x844' });
    visit('b', 14, ['/prices'], { ...danish, ...phone, screen: '390x844' });
    visit('c', 12, ['/', '/about, us'], { country: 'SE', language: 'sv', ...windows, ...mail });
  }
  const answer = await fetch(`${sporlos.origin}/api/import/hits`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token.trim()}`, 'Content-Type': 'application/x-ndjson' },
    body: lines.map((line) => JSON.stringify(line)).join('\n'),
  });
  expect(await answer.text(), 'the import').toContain(`"lines":${lines.length}`);
}

/** Makes the first account by the link that the server prints, and signs in. */
async function signUp(browser: Browser, sporlos: Sporlos): Promise<Server['owner']> {
  const link = /\/link\/[\w-]+/.exec(sporlos.output());
  if (!link) {
    throw new Error(`The server printed no link to set up. It said:\n${sporlos.output()}`);
  }
  const context = await browser.newContext();
  const page = await context.newPage();
  const password = 'blue-otter-sings-9';
  await page.goto(sporlos.origin + link[0]);
  await page.locator('[name=email]').fill('mette@example.com');
  await page.locator('[name=name]').fill('Mette Holm');
  await page.locator('[name=password]').fill(password);
  await page.locator('main form button').first().click();
  await page.waitForURL('**/sign-in**');
  await page.locator('[name=email]').fill('mette@example.com');
  await page.locator('[name=password]').fill(password);
  await page.locator('main form button').first().click();
  await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'));
  const state = await context.storageState();
  await context.close();
  return state;
}
