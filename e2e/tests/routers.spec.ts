import type { Page } from '@playwright/test';
import { expect, test } from '../support/test';

/*
 * Routers of single-page applications as they are published (that of Next by its habits, since it
 * comes with a server): whatever they do to the history, a page that the visitor sees is one view.
 */

/** Goes to a page of the application, and waits until its router has got there. */
async function go(page: Page, root: string, to: string) {
  await page.evaluate((path) => {
    (window as unknown as { go: (to: string) => void }).go(path);
  }, `${root}/${to}`);
  await page.waitForURL(({ href }) => href.endsWith(`/${to.replace('old', 'new')}`));
}

for (const router of ['react', 'vue', 'next', 'turbo', 'hashed']) {
  for (const api of ['with', 'without']) {
    test(`${router}, ${api} the Navigation API: each page that is seen is one view`, async ({
      page,
      collector,
      website,
    }) => {
      if (api === 'without') {
        await page.addInitScript(() => {
          Object.defineProperty(window, 'navigation', { value: undefined });
        });
      }
      const root = `/${router}`;
      const seen = () =>
        collector.beacons
          .filter(({ n }) => n === 'pageview')
          .map(({ u }) => u.slice(website.origin.length).replace('/#/', '/'));
      const expected: string[] = [];
      const expectView = async (path: string) => {
        expected.push(path);
        await expect.poll(seen).toEqual(expected);
      };

      await page.goto(`${website.origin}${root}/`);
      await expectView(`${root}/`);
      await go(page, root, '1');
      await expectView(`${root}/1`);
      await go(page, root, '1?tab=2');
      await go(page, root, 'old');
      // The server redirects what Turbo asks for, after Turbo has said where it goes; it corrects the
      // address later, which is no view.
      await expectView(`${root}/${router === 'turbo' ? 'old' : 'new'}`);
      await page.goBack();
      await page.goBack();
      await expectView(`${root}/1`);
      await page.goForward();
      await page.goForward();
      await expectView(`${root}/new`);
      await page.waitForLoadState('networkidle');

      expect(seen()).toEqual(expected);
    });
  }
}
