import { spawn } from 'node:child_process';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { executable, flags } from './chromium';
import { expect, test as base } from './test';

/** Finds, in what Chromium says of itself, where it can be driven from. */
const listening = /DevTools listening on (ws:\S+)/;

/**
 * A test in a browser whose tabs and windows are seen, hidden and focused as those of people are:
 * Playwright makes every page believe that it is in front, unless it is a guest in a browser that runs.
 */
export const test = base.extend<{ page: Page }, { desktop: BrowserContext }>({
  desktop: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the parameter's text
    async ({}, use, { project, workerIndex }) => {
      const profile = `${project.outputDir}/desktop-${workerIndex}`;
      const browser = spawn(
        executable,
        [...flags, '--headless', `--user-data-dir=${profile}`, '--remote-debugging-port=0'],
        { stdio: ['ignore', 'ignore', 'pipe'] },
      );
      const address = await new Promise<string>((resolve, reject) => {
        let said = '';
        browser.stderr.on('data', (more) => {
          said += String(more);
          const [, where] = listening.exec(said) ?? [];
          if (where) {
            resolve(where);
            said = '';
          }
        });
        browser.once('error', reject);
        browser.once('close', (code, signal) => {
          reject(
            new Error(`Chromium ended (${code ?? signal}) before it could be driven: ${said}`),
          );
        });
      });
      const guest = await chromium.connectOverCDP(address, { noDefaults: true });
      const [context] = guest.contexts();
      if (context) {
        await use(context);
      }
      await guest.close();
      browser.kill();
    },
    { scope: 'worker' },
  ],
  context: async ({ desktop }, use) => {
    await use(desktop);
  },
  // Seen, without the keyboard until it is brought to front; alone once the test is over.
  page: async ({ desktop }, use) => {
    const before = desktop.pages();
    await use(await desktop.newPage());
    for (const page of desktop.pages().filter((each) => !before.includes(each))) {
      await page.close();
    }
  },
});

/** Opens a page in a tab behind the one that is seen. */
export async function openBehind(page: Page, address: string) {
  const opened = page.context().waitForEvent('page');
  const driver = await page.context().newCDPSession(page);
  await driver.send('Target.createTarget', { url: address, background: true });
  return opened;
}

/**
 * Has a page be seen whatever is in front of it, as on a screen of its own: one who pretends that it
 * has the focus keeps it visible, and another ends the pretence about the focus alone.
 */
export async function keepSeen(page: Page) {
  for (const enabled of [true, false]) {
    const driver = await page.context().newCDPSession(page);
    await driver.send('Emulation.setFocusEmulationEnabled', { enabled });
  }
}

/** Waits until a page is seen and has the keyboard, or not: tabs are switched when there is time. */
export const expectAttended = (page: Page, expected: { seen: boolean; keyboard: boolean }) =>
  expect
    .poll(() => page.evaluate(() => ({ seen: !document.hidden, keyboard: document.hasFocus() })), {
      intervals: [50],
    })
    .toEqual(expected);

export { expect };
