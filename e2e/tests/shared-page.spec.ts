import { type Page, request } from '@playwright/test';
import { expect, expectAccessible, type Server, site, test } from '../support/dashboard';
import { press } from '../support/settings';
import { listen } from '../support/listen';

test.describe.configure({ timeout: 90_000 });

/** Nobody: without the session that other tests have. */
const nobody = { storageState: { cookies: [], origins: [] } };

/* Outsiders see days that are sealed. By multiples of 2, what is even each day is not changed. */
test.beforeAll(async ({ server: { sporlos, owner, span } }) => {
  test.setTimeout(180_000);
  // By the API, since the server looks only now and then for what a command has set.
  await asOwner({ sporlos, owner }, 'PUT', 'settings', { settings: { rounding: '2' } });
  await sporlos.command('seal', '--site', site, '--from', span.first, '--to', span.last);
});

/** Sends a change of the site by the API, as its owner. */
async function asOwner(
  { sporlos: { origin }, owner }: Pick<Server, 'sporlos' | 'owner'>,
  method: 'POST' | 'PUT',
  what: string,
  data: object,
): Promise<unknown> {
  const browser = await request.newContext({ storageState: owner });
  const me = (await (await browser.get(`${origin}/api/me`)).json()) as { token: string };
  const answer = await browser.fetch(`${origin}/api/v1/sites/${site}/${what}`, {
    method,
    headers: { 'Sporlos-Token': me.token, Origin: origin },
    data,
  });
  expect(answer.status(), await answer.text()).toBe(200);
  const body: unknown = await answer.json();
  await browser.dispose();
  return body;
}

/** Makes a link by the API; returns its path. */
async function share(server: Server, terms: object = {}): Promise<string> {
  const link = { name: `link ${Math.random()}`, ...terms };
  const { url } = (await asOwner(server, 'POST', 'shared-links', link)) as { url: string };
  return new URL(url).pathname;
}

/** Waits until all that is shown is an answer. */
async function settled(page: Page): Promise<void> {
  await expect(page.locator('[data-panel="visit:device"] tbody tr').first()).toBeVisible();
  await expect(page.locator('.skeleton, [aria-busy=true]')).toHaveCount(0);
}

const looks = [
  { name: 'light', options: {} },
  { name: 'dark', options: { colorScheme: 'dark' as const } },
  { name: 'danish', options: { locale: 'da-DK' } },
  { name: 'phone', options: { viewport: { width: 360, height: 740 } } },
];

for (const { name, options } of looks) {
  test(`a shared link shows rounded figures of finished days: ${name}`, async ({
    open,
    server,
  }) => {
    const page = await open(await share(server), { ...nobody, ...options });
    await settled(page);
    const figures = page.locator('.figure .value');
    // Of ten days with three visitors, four visits and six page views each.
    await expect(figures.nth(0)).toHaveText(/^[234][02468]$/);
    await expect(figures.nth(1)).toHaveText('40');
    await expect(figures.nth(2)).toHaveText('60');
    await expect(page.locator('[data-panel="event:page"] tbody tr').first()).toContainText('/');
    await expect(page.locator('html')).toHaveAttribute('lang', name === 'danish' ? 'da' : 'en');
    await expectAccessible(page);
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
      'nothing is wider than the screen',
    ).toBe(true);
    const shots = process.env.SPORLOS_SHOTS;
    if (shots) {
      await page.screenshot({ path: `${shots}/shared-${name}.png`, fullPage: true });
    }
  });
}

test('outsiders choose the time and the figure, and come back', async ({ open, server }) => {
  const page = await open(await share(server), nobody);
  await settled(page);
  const asked: string[] = [];
  page.on('request', (question) => {
    if (question.url().includes('/api/')) {
      asked.push(question.headers()['sporlos-link'] ?? 'nothing');
    }
  });
  await page.getByRole('link', { name: '7 days' }).click();
  await expect(page).toHaveURL(/\?range=7d$/);
  await expect(page.locator('.figure .value').nth(2)).not.toHaveText('60');
  await page.getByRole('button', { name: 'Page views' }).click();
  await expect(page.getByRole('slider', { name: /Page views over time/ })).toBeVisible();
  await page.goBack();
  await expect(page.locator('.figure .value').nth(2)).toHaveText('60');
  // Each question shows the link, and no address does.
  expect(asked.length).toBeGreaterThan(3);
  expect(asked).not.toContain('nothing');
});

test('browsers without scripts get tables', async ({ open, server }) => {
  const page = await open(await share(server), { ...nobody, javaScriptEnabled: false });
  await page.locator('noscript a, a[href="?plain=1"]').first().click();
  await expect(page.locator('table').first()).toBeVisible();
  await expect(page.locator('main')).toContainText('/prices');
});

test('a link with a password asks for it first', async ({ open, server }) => {
  const made = await share(server, { password: 'correct horse' });
  const page = await open(made, nobody);
  await page.getByLabel('Password').fill('battery staple');
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(page.getByText('That is not the password.')).toBeVisible();
  await page.getByLabel('Password').fill('correct horse');
  await page.getByRole('button', { name: 'Show' }).click();
  await settled(page);
  await expect(page.locator('.figure .value').nth(2)).toHaveText('60');
});

test('a link counts only what it is for, and is dead once it is taken back', async ({
  open,
  server,
}) => {
  const made = await share(server, {
    name: 'Danes',
    filters: [['is', 'visit:country', ['DK']]],
  });
  const page = await open(made, nobody);
  await settled(page);
  await expect(page.locator('.about')).toContainText('Only Country is Denmark');
  await expect(page.locator('[data-panel="visit:country"] tbody tr')).toHaveCount(1);

  const owner = await open(`/sites/${site}/settings/sharing`);
  await press(owner, /^Remove: Danes/);
  await owner.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(owner.getByRole('dialog')).toHaveCount(0);
  await page.reload();
  await expect(page.getByText('The link was taken back or has expired')).toBeVisible();
});

test('a public site is seen by anybody, and others are not', async ({ open, server }) => {
  await server.sporlos.command('site', 'set', site, 'public', 'on');
  await expect
    .poll(async () => (await fetch(`${server.sporlos.origin}/public/${site}`)).status)
    .toBe(200);
  const page = await open(`/public/${site}`, nobody);
  await settled(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(site);
  await expectAccessible(page);
  await server.sporlos.command('site', 'set', site, 'public', 'off');
  await expect
    .poll(async () => (await fetch(`${server.sporlos.origin}/public/${site}`)).status, {
      timeout: 30_000,
    })
    .toBe(404);
});

test('a page that the link names shows it in a frame, and another does not', async ({
  browser,
  server,
}) => {
  let made = '';
  const page = () => `<!doctype html><title>x</title><iframe src="${made}" title="x"></iframe>`;
  const website = await listen((_, answer) => {
    answer.setHeader('Content-Type', 'text/html').end(page());
  });
  const origin = `http://localhost:${website.port}`;
  made = server.sporlos.origin + (await share(server, { frames: [origin] }));

  const outside = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  await outside.goto(origin);
  const framed = outside.frameLocator('iframe');
  await expect(framed.locator('.figure .value').nth(2)).toHaveText('60');

  made = server.sporlos.origin + (await share(server, { frames: [] }));
  await outside.goto(origin);
  await expect(framed.locator('.figure')).toHaveCount(0);
  await outside.context().close();
  await website.stop();
});
