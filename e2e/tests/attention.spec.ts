import type { Page } from '@playwright/test';
import type { Collector } from '../support/collector';
import { expectCounted } from '../support/arrivals';
import { expect, expectAttended, keepSeen, openBehind, test } from '../support/windows';

/*
 * When a tab that is brought to front is in front, a test learns late, the later the busier the
 * machine is. So a time is held against what is sure of it: no less than the test waited while the
 * page was attended, and no more than passed altogether but for what it waited while it was not.
 */

/** What the clocks of test and browser may differ by, in milliseconds. */
const slack = 100;

/** Waits; returns for how long, in milliseconds. */
async function wait(page: Page, milliseconds: number): Promise<number> {
  const began = Date.now();
  await page.waitForTimeout(milliseconds);
  return Date.now() - began;
}

/** What was reported of a page's time, in milliseconds, once there are so many reports. */
async function engaged(collector: Collector, path: string, reports: number): Promise<number> {
  const times = () =>
    collector.beacons
      .filter(({ n, u }) => n === 'engagement' && new URL(u).pathname === path)
      .map(({ e = 0 }) => e);
  await expect.poll(() => times().length, { intervals: [50] }).toBe(reports);
  return times().reduce((sum, time) => sum + time, 0);
}

function expectBetween(actual: number, least: number, most: number): void {
  expect(actual).toBeGreaterThan(least - slack);
  expect(actual).toBeLessThan(most + slack);
}

test('time counts while the page is seen and has the keyboard, and no other', async ({
  page,
  collector,
  website,
}) => {
  let attention = 0;
  let neglect = 0;
  const attend = async (milliseconds: number) => {
    await page.bringToFront();
    await expectAttended(page, { seen: true, keyboard: true });
    attention += await wait(page, milliseconds);
  };
  const neglected = async (seen: boolean) => {
    await tab.bringToFront();
    await expectAttended(page, { seen, keyboard: false });
    neglect += await wait(page, 1500);
  };
  const opened = Date.now();
  await page.goto(website.origin);
  const tab = await openBehind(page, 'about:blank');

  await attend(3000);
  await neglected(false);
  await attend(2000);
  await keepSeen(page);
  await neglected(true);
  await attend(2000);
  await page.close({ runBeforeUnload: true });

  const time = await engaged(collector, '/', 2);
  expectBetween(time, attention, Date.now() - opened - neglect);
  await expectCounted(collector, ['pageview /']);
});

test('a page opened in a tab behind is viewed, and its time begins when it is seen', async ({
  page,
  collector,
  website,
}) => {
  await page.goto(website.origin);
  const behind = await openBehind(page, `${website.origin}/second`);
  await expectCounted(collector, ['pageview /', 'pageview /second']);
  await expectAttended(behind, { seen: false, keyboard: false });
  await behind.waitForTimeout(1500);
  const began = Date.now();
  await behind.bringToFront();
  await expectAttended(behind, { seen: true, keyboard: true });
  const attention = await wait(behind, 3000);
  await behind.close({ runBeforeUnload: true });

  const time = await engaged(collector, '/second', 1);
  expectBetween(time, attention, Date.now() - began);
  await expectCounted(collector, ['pageview /', 'pageview /second']);
});

test('frames count as the pages they are, and the page around them is read meanwhile', async ({
  page,
  collector,
  website,
}) => {
  const opened = Date.now();
  await page.goto(`${website.origin}/framing`);
  await page.bringToFront();
  await expectAttended(page, { seen: true, keyboard: true });
  const began = Date.now();
  const views = ['', '/cross', '/same', '/sandboxed'];
  await expectCounted(
    collector,
    views.map((kind) => `pageview ${kind ? `/second${kind}` : '/framing'}`),
  );
  await page.frameLocator('iframe[src="/second/same"]').locator('body').click();
  await page.waitForTimeout(2000);
  await page.frameLocator('iframe[src$="cross"]').locator('body').click();
  await page.waitForTimeout(2000);
  const attention = Date.now() - began;
  await page.close({ runBeforeUnload: true });

  const time = await engaged(collector, '/framing', 1);
  expectBetween(time, attention, Date.now() - opened);
});
