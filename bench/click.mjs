#!/usr/bin/env node
/*
 * How long it takes from a click in the dashboard until the last panel in sight is drawn, in Chromium,
 * over the demo site (90 days of made-up visits) or another server's site.
 *
 *   bench/click.mjs [--rounds 20] [--server http://127.0.0.1:8080 --site example.com --state FILE]
 *
 * Each round opens the page anew, so that the browser holds none of the answers, waits until nothing
 * moves, and clicks once: on a range, or on a row that becomes a filter. The time is from the event of
 * the click to the frame after the last change of a panel, once no request is under way and nothing
 * has changed for 400 ms. The server may remember answers of earlier rounds; "first" is the round in
 * which it could not. The count of present visitors, which is asked for again and again, is left out.
 *
 * --state names a file of cookies as Playwright stores them, of somebody who is signed in. Without
 * --server the jar is started with the demo site, whose data are removed at the end.
 *
 * Needs target/sporlos.jar (SPORLOS_JAR names another) and e2e/node_modules (`npm ci` there); CHROMIUM
 * names another browser than /usr/bin/chromium.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    server: { type: 'string' },
    site: { type: 'string', default: 'demo.example' },
    state: { type: 'string' },
  },
});
const { chromium } = createRequire(new URL('../e2e/package.json', import.meta.url))(
  '@playwright/test',
);

/** Starts the jar with the demo site; returns where it is and the link to its first account. */
async function startDemo() {
  const data = await mkdtemp(join(tmpdir(), 'sporlos-click-'));
  const jar =
    process.env.SPORLOS_JAR ?? fileURLToPath(new URL('../target/sporlos.jar', import.meta.url));
  const server = spawn(
    'java',
    ['-jar', jar, 'demo', '--data', data, '--listen', '127.0.0.1:0', '--management', '127.0.0.1:0'],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const ended = new Promise((resolve) => server.once('exit', resolve));
  const stop = async () => {
    server.kill('SIGTERM');
    await ended;
    await rm(data, { recursive: true, force: true });
  };
  let said = '';
  const link = await new Promise((found, failed) => {
    const read = (part) => {
      said += part;
      const match = /(http:\/\/[\w.:]+)(\/link\/[\w-]+)/.exec(said);
      if (match) {
        found({ origin: match[1], path: match[2] });
      }
    };
    server.stdout.setEncoding('utf8').on('data', read);
    server.stderr.setEncoding('utf8').on('data', read);
    void ended.then(() => failed(new Error(`The server ended. It said:\n${said}`)));
  });
  return { ...link, stop };
}

/** Makes the first account and signs in. */
async function signUp(browser, { origin, path }) {
  const context = await browser.newContext({ locale: 'en-GB' });
  const page = await context.newPage();
  const [email, password] = ['mette@example.com', 'blue-otter-sings-9'];
  await page.goto(origin + path);
  await page.locator('[name=email]').fill(email);
  await page.locator('[name=name]').fill('Mette Holm');
  await page.locator('[name=password]').fill(password);
  await page.locator('main form button').first().click();
  await page.waitForURL('**/sign-in**');
  await page.locator('[name=email]').fill(email);
  await page.locator('[name=password]').fill(password);
  await page.locator('main form button').first().click();
  await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'));
  const state = await context.storageState();
  await context.close();
  return state;
}

/** Runs in the page: notes when it was last clicked, and when a panel last changed. */
function watch() {
  window.watched = { clicked: 0, drawn: 0, asking: 0 };
  const { watched } = window;
  addEventListener('click', (event) => (watched.clicked = event.timeStamp), true);
  const ask = window.fetch;
  window.fetch = async (...asked) => {
    const counts = !String(asked[0]).includes('realtime');
    watched.asking += counts ? 1 : 0;
    try {
      return await ask(...asked);
    } finally {
      watched.asking -= counts ? 1 : 0;
    }
  };
  new MutationObserver((changes) => {
    const panel = changes.some(({ target }) =>
      (target instanceof Element ? target : target.parentElement)?.closest('main'),
    );
    if (panel) {
      requestAnimationFrame(() => {
        // The task after this frame: by then it is on the screen.
        setTimeout(() => (watched.drawn = performance.now()));
      });
    }
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
}

const calm = (page) =>
  page.waitForFunction(
    () =>
      window.watched.asking === 0 &&
      window.watched.drawn > 0 &&
      performance.now() - window.watched.drawn > 400 &&
      // What is out of sight waits until it is not.
      [...document.querySelectorAll('.skeleton, [aria-busy=true]')].every(
        (element) => element.getBoundingClientRect().top > innerHeight,
      ),
    null,
    { polling: 50, timeout: 60_000 },
  );

const range = (name) => async (page) => {
  await page.locator('.range button[aria-expanded]').click();
  return page.locator('.options button', { hasText: name });
};
const row = (panel, index) => async (page) =>
  page.locator(`[data-panel=${panel}] tbody tr button, [data-panel=${panel}] tbody tr a`).nth(index);

const clicks = {
  'range: last 7 days': range('Last 7 days'),
  'range: last 91 days': range('Last 91 days'),
  'range: last 12 months': range('Last 12 months'),
  'filter: first source': row('sources', 0),
  'filter: second page': row('pages', 1),
};

const demo = values.server ? null : await startDemo();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update'],
});
const origin = demo?.origin ?? values.server;
const storageState = values.state ?? (demo && (await signUp(browser, demo)));

/** Opens the page, clicks, and returns how long it was until all was drawn. */
async function measure(target) {
  const context = await browser.newContext({ storageState, locale: 'en-GB' });
  const page = await context.newPage();
  await page.addInitScript(watch);
  await page.goto(`${origin}/sites/${values.site}`);
  await calm(page);
  const aim = await target(page);
  await aim.hover();
  await calm(page);
  await aim.click();
  await calm(page);
  const { clicked, drawn } = await page.evaluate(() => window.watched);
  await context.close();
  return drawn - clicked;
}

const times = new Map(Object.keys(clicks).map((name) => [name, []]));
try {
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const [name, target] of Object.entries(clicks)) {
      times.get(name).push(await measure(target));
    }
  }
} finally {
  await browser.close();
  await demo?.stop();
}

const quantile = (sorted, share) => sorted[Math.ceil(share * sorted.length) - 1];
console.log(`${values.rounds} rounds over ${values.site}; goal: 200 ms\n`);
console.log('| click | first, ms | median, ms | p95, ms | median to goal |');
console.log('|---|---|---|---|---|');
for (const [name, all] of times) {
  const sorted = [...all].sort((one, other) => one - other);
  const median = quantile(sorted, 0.5);
  const shown = [all[0], median, quantile(sorted, 0.95)].map((time) => time.toFixed(0));
  console.log(`| ${name} | ${shown.join(' | ')} | ×${(median / 200).toFixed(2)} |`);
}
