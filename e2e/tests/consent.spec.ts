import { expect, test } from '../support/test';
import type { Page } from '@playwright/test';
import type { Collector } from '../support/collector';

/** What arrived, as name and what it says of consent. */
const told = (collector: Collector) =>
  collector.beacons
    .filter(({ n, e }) => n !== 'engagement' || e === 0)
    .map(({ n, c }) => (c === undefined ? n : `${n} ${String(c)}`));

const consent = (page: Page, given: boolean) =>
  page.evaluate((choice) => {
    (window as unknown as { sporlos: { consent: (given: boolean) => void } }).sporlos.consent(
      choice,
    );
  }, given);

test('consent is told at once, and withdrawn as it was given', async ({
  page,
  collector,
  website,
}) => {
  await page.goto(website.origin);
  await expect.poll(() => told(collector)).toEqual(['pageview']);

  await consent(page, true);
  await expect.poll(() => told(collector)).toEqual(['pageview', 'engagement 1']);
  await consent(page, false);

  await expect.poll(() => told(collector)).toEqual(['pageview', 'engagement 1', 'engagement 0']);
});

test('what one tab withdraws no other gives again', async ({
  page,
  context,
  collector,
  website,
}) => {
  await page.goto(website.origin);
  await consent(page, true);
  const other = await context.newPage();
  await other.goto(website.origin);
  await consent(other, false);

  await page.evaluate(() => {
    (window as unknown as { sporlos: (name: string) => void }).sporlos('Signup');
  });

  await expect
    .poll(() => told(collector))
    .toEqual(['pageview', 'engagement 1', 'pageview', 'engagement 0', 'Signup']);
});

test('Google consent mode is heard, whose default is no choice', async ({
  page,
  collector,
  website,
}) => {
  await page.goto(`${website.origin}/consenting`);
  await expect.poll(() => told(collector)).toEqual(['pageview']);

  await page.getByText('yes').click();
  await expect.poll(() => told(collector)).toEqual(['pageview', 'engagement 1']);
  await page.getByText('no', { exact: true }).click();

  await expect.poll(() => told(collector)).toEqual(['pageview', 'engagement 1', 'engagement 0']);
});

test('a platform that comes last is heard as well', async ({ page, collector, website }) => {
  await page.goto(website.origin);
  await expect.poll(() => told(collector)).toEqual(['pageview']);

  await page.addScriptTag({ url: `${collector.origin}/consent/cookiebot.js` });
  await page.evaluate(() => {
    Object.assign(window, { Cookiebot: { hasResponse: true, consent: { statistics: true } } });
    dispatchEvent(new Event('CookiebotOnAccept'));
  });

  await expect.poll(() => told(collector)).toEqual(['pageview', 'engagement 1']);
});

test('a page that comes back does not give consent again', async ({ page, collector, website }) => {
  await page.goto(website.origin);
  await consent(page, true);
  await page.goto(`${website.origin}/second`);
  await consent(page, false);

  // Coming from the cache it fires no load event to wait for.
  await page.evaluate(() => {
    history.back();
  });

  await expect
    .poll(() => told(collector))
    .toEqual(['pageview', 'engagement 1', 'pageview', 'engagement 0', 'pageview']);
});

for (const choice of ['optout', 'own']) {
  test(`#sporlos-${choice} excludes the browser from this website on`, async ({
    page,
    collector,
    website,
  }) => {
    await page.goto(`${website.origin}/?x#sporlos-${choice}`);
    await page.waitForURL(`${collector.origin}/privacy?site=example.com&stored=${choice}`);

    await page.goto(website.origin);
    await page.goto(`${website.origin}/second`);
    await page.waitForLoadState('networkidle');
    expect(collector.beacons).toEqual([]);

    await page.goto(`${website.origin}/#sporlos-optin`);
    await page.waitForURL(`${collector.origin}/privacy?site=example.com&stored=optin`);
    await page.goto(website.origin);
    await expect.poll(() => told(collector)).toEqual(['pageview']);
  });
}

test('a page that merely opens keeps nothing in the browser', async ({
  page,
  collector,
  website,
}) => {
  await page.goto(website.origin);
  await expect.poll(() => told(collector)).toEqual(['pageview']);

  expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
  expect(await page.context().cookies()).toEqual([]);
});
