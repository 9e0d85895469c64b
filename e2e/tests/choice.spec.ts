import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { agent, executable, flags } from '../support/chromium';
import { startCollector, type Collector } from '../support/collector';
import { expect, test as base } from '../support/test';
import { startWebsite, type Website } from '../support/website';

/** A website and a collector that share no domain, as the collector of another company. */
interface Apart {
  collector: Collector;
  /** Where the browser finds it. */
  stats: string;
  site: string;
}

const test = base.extend<{ apart: Apart }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the parameter's text
  apart: async ({}, use) => {
    const collector = await startCollector();
    const stats = `http://stats.measuring.example:${new URL(collector.origin).port}`;
    const website: Website = await startWebsite(stats, 'shop.example');
    await use({
      collector,
      stats,
      site: `http://www.shop.example:${new URL(website.origin).port}`,
    });
    await website.stop();
    await collector.stop();
  },
});

test.use({
  launchOptions: {
    executablePath: executable,
    args: [...flags, '--host-resolver-rules=MAP *.example 127.0.0.1'],
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  },
});

const kept = (page: Page) => page.evaluate(() => localStorage.getItem('sporlos'));

/** What is counted, as names; engagement depends on how slow the machine is. */
const counted = (collector: Collector) =>
  collector.beacons.map(({ n }) => n).filter((name) => name !== 'engagement');

/** Opens two pages and waits until they have nothing more to send. */
async function browse(page: Page, site: string) {
  await page.goto(site);
  await page.goto(`${site}/second`);
  await page.waitForLoadState('networkidle');
}

for (const choice of ['optout', 'own']) {
  test(`#sporlos-${choice} holds where website and collector share no domain`, async ({
    page,
    apart: { collector, stats, site },
  }) => {
    await page.goto(`${site}/?x#sporlos-${choice}`);
    await page.waitForURL(`${stats}/privacy?site=shop.example&stored=${choice}`);

    await browse(page, site);

    expect(await kept(page)).toBe(choice);
    expect(collector.beacons).toEqual([]);
  });
}

test('#sporlos-optin takes it back', async ({ page, apart: { collector, stats, site } }) => {
  await page.goto(`${site}/#sporlos-optout`);
  await page.waitForURL(/stored=optout$/);
  await page.goto(`${site}/#sporlos-optin`);
  await page.waitForURL(`${stats}/privacy?site=shop.example&stored=optin`);

  await browse(page, site);

  expect(await kept(page)).toBeNull();
  expect(counted(collector)).toEqual(['pageview', 'pageview']);
});

test('a link on the page itself works, and so does the way back', async ({
  page,
  apart: { collector, stats, site },
}) => {
  await page.goto(`${site}/consenting`);
  await expect.poll(() => counted(collector)).toEqual(['pageview']);

  await page.getByText('Do not count me').click();
  await page.waitForURL(`${stats}/privacy?site=shop.example&stored=optout`);
  await page.evaluate(() => {
    history.back();
  });
  await page.waitForURL(`${site}/consenting`);
  await page.waitForLoadState('networkidle');

  expect(counted(collector)).toEqual(['pageview']);
});

test('a choice holds in the tabs that are open already', async ({
  page,
  apart: { collector, site },
}) => {
  await page.goto(site);
  await expect.poll(() => counted(collector)).toEqual(['pageview']);

  const other = await page.context().newPage();
  await other.goto(`${site}/#sporlos-optout`);
  await other.waitForURL(/stored=optout$/);
  const before = collector.beacons.length;
  await page.evaluate(() => {
    (window as unknown as { sporlos: (name: string) => void }).sporlos('Click');
  });
  await page.waitForLoadState('networkidle');

  expect(collector.beacons).toHaveLength(before);
});

for (const hash of [
  '#sporlos-options',
  '#sporlos-optout&site=evil.example',
  '#sporlos-optout/../../evil.example',
  '#https://evil.example/#sporlos-own',
]) {
  test(`${hash} leads nowhere and keeps nothing`, async ({ page, apart: { collector, site } }) => {
    await page.goto(`${site}/?site=evil.example&stored=own${hash}`);
    await page.waitForLoadState('networkidle');

    expect(collector.requests.filter((request) => request.includes('/privacy'))).toEqual([]);
    expect(page.url()).toContain(site);
    expect(await kept(page)).toBeNull();
  });
}

test('a frame of another website chooses nothing', async ({
  page,
  apart: { collector, stats, site },
}) => {
  await page.goto(`${stats}/privacy?embedding`);
  const loaded = page.waitForResponse(`${stats}/rest.js`);
  await page.setContent(`<iframe src="${site}/#sporlos-own"></iframe>`);
  await loaded;
  await page.waitForLoadState('networkidle');

  expect(page.frames().map((frame) => frame.url())).toContain(`${site}/#sporlos-own`);
  expect(collector.requests.filter((request) => request.includes('stored='))).toEqual([]);
  await browse(page, site);
  expect(counted(collector)).toEqual(['pageview', 'pageview']);
});

for (const policy of ['strict', 'nonce']) {
  test(`a Content Security Policy (${policy}) allows the choice without another directive`, async ({
    page,
    apart: { stats, site },
  }) => {
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));

    await page.goto(`${site}/${policy}#sporlos-optout`);
    await page.waitForURL(`${stats}/privacy?site=shop.example&stored=optout`);

    expect(complaints.filter((complaint) => complaint.includes('Policy'))).toEqual([]);
  });
}

test('a browser that blocks storage is told that nothing was kept, and is counted', async ({
  apart: { collector, stats, site },
}, testInfo) => {
  const profile = testInfo.outputPath('profile');
  await mkdir(join(profile, 'Default'), { recursive: true });
  await writeFile(
    join(profile, 'Default', 'Preferences'),
    // As a person does in the settings: no website may keep anything.
    JSON.stringify({ profile: { default_content_setting_values: { cookies: 2 } } }),
  );
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: executable,
    args: [...flags, '--host-resolver-rules=MAP *.example 127.0.0.1'],
    userAgent: agent,
  });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));

  await page.goto(`${site}/#sporlos-optout`);
  await page.waitForURL(`${stats}/privacy?site=shop.example&stored=no`);
  await page.goto(site);

  await expect.poll(() => counted(collector)).toEqual(['pageview']);
  await expect(kept(page), 'storage is not blocked').rejects.toThrow('SecurityError');
  expect(errors).toEqual([]);
  await context.close();
});
