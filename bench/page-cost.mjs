#!/usr/bin/env node
/*
 * What the tracker costs the page that embeds it: main-thread time, script time, largest contentful
 * paint and layout shift of a page without it and with it, as Chromium measures them, on a processor
 * slowed down four times as Lighthouse does for phones.
 *
 *   bench/page-cost.mjs [--rounds 40]
 *
 * Each round opens the page in every variant, in an order drawn anew, each in a context of its own with
 * nothing cached, so that whatever else the machine does falls on all of them. "without, again" is the
 * page without the tracker a second time: what differs there is noise. Ratios are of medians.
 *
 * Needs tracker-js/dist (`npm run build` there) and e2e/node_modules (`npm ci` there); CHROMIUM names
 * another browser than /usr/bin/chromium.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '40' } } });
const { chromium } = createRequire(new URL('../e2e/package.json', import.meta.url))(
  '@playwright/test',
);
const built = (name) => readFileSync(new URL(`../tracker-js/dist/${name}`, import.meta.url));

/** Serves on a free port of this machine. */
const serve = async (listener) => {
  const server = createServer(listener);
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return server;
};

const collector = await serve((request, response) => {
  const script = { '/s.js': 's.js', '/extras.js': 'extras.js' }[request.url];
  response.setHeader('access-control-allow-origin', request.headers.origin ?? '*');
  response.setHeader('access-control-allow-credentials', 'true');
  response.setHeader('content-type', 'text/javascript');
  response.statusCode = script ? 200 : 202;
  response.end(script && built(script));
});
const tag = (name, site = '') =>
  `<script defer src="http://127.0.0.1:${collector.address().port}/${name}"${site}></script>`;
const tracker = tag('s.js', ' data-site="example.com"');

const variants = {
  without: '',
  'without, again': '',
  's.js': tracker,
  's.js and extras.js': tracker + tag('extras.js'),
};

/* An article with a picture, sixty paragraphs and a script that builds a table, as pages have them. */
const article = (head) => `<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>An article</title><link rel="icon" href="data:,">${head}</head><body><h1>An article</h1>
<svg width="800" height="400"><rect width="800" height="400" fill="teal"/></svg>
${'<p>Words that people read, and some more of them so that lines are broken.</p>'.repeat(60)}
<table></table><script>
for (let row = 0; row < 500; row++) {
  document.querySelector('table').insertRow().insertCell().textContent = Math.sqrt(row);
}
new PerformanceObserver((list) => { window.lcp = list.getEntries().at(-1).startTime; })
  .observe({ type: 'largest-contentful-paint', buffered: true });
window.cls = 0;
new PerformanceObserver((list) => { for (const { value } of list.getEntries()) window.cls += value; })
  .observe({ type: 'layout-shift', buffered: true });
</script></body></html>`;
const website = await serve((request, response) => {
  const variant = decodeURIComponent(request.url.slice(1));
  response.setHeader('content-type', 'text/html; charset=utf-8').end(article(variants[variant]));
});

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update'],
});

/** Opens the page once; returns milliseconds, and the shift as it is. */
const measure = async (variant) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const driver = await context.newCDPSession(page);
  await driver.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await driver.send('Performance.enable');
  await page.goto(`http://localhost:${website.address().port}/${encodeURIComponent(variant)}`);
  await page.waitForLoadState('networkidle');
  const { metrics } = await driver.send('Performance.getMetrics');
  const seconds = (name) => metrics.find((metric) => metric.name === name).value * 1000;
  const { lcp, cls } = await page.evaluate(() => ({ lcp: window.lcp, cls: window.cls }));
  await context.close();
  return { task: seconds('TaskDuration'), script: seconds('ScriptDuration'), lcp, cls };
};

const names = Object.keys(variants);
const measured = new Map(names.map((name) => [name, []]));
await measure('without');
for (let round = 0; round < Number(values.rounds); round++) {
  const order = names.map((name) => [Math.random(), name]).sort(([one], [other]) => one - other);
  for (const [, name] of order) {
    measured.get(name).push(await measure(name));
  }
}
await browser.close();
website.close();
collector.close();

const median = (numbers) => numbers.sort((one, other) => one - other)[numbers.length >> 1];
const medians = (name) => {
  const of = (key) => median(measured.get(name).map((one) => one[key]));
  return { task: of('task'), script: of('script'), lcp: of('lcp'), cls: of('cls') };
};
const base = medians('without');
console.log(`${values.rounds} rounds, medians, processor slowed down 4 times\n`);
console.log('| page | main thread, ms | script, ms | LCP, ms | CLS |');
console.log('|---|---|---|---|---|');
for (const name of names) {
  const { task, script, lcp, cls } = medians(name);
  const cell = (value, before) => `${value.toFixed(1)} (×${(value / before).toFixed(2)})`;
  console.log(
    `| ${name} | ${cell(task, base.task)} | ${cell(script, base.script)} | ${cell(lcp, base.lcp)} | ${cls.toFixed(3)} |`,
  );
}
