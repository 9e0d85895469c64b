import { test as base, expect } from '@playwright/test';
import { type Collector, startCollector } from './collector';
import { startWebsite, type Website } from './website';

/** A test of the tracker on a website, before a stand-in for the server. */
export const test = base.extend<{ collector: Collector; website: Website; pageErrors: string[] }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the parameter's text
  collector: async ({}, use) => {
    const collector = await startCollector();
    await use(collector);
    await collector.stop();
  },
  website: async ({ collector }, use) => {
    const website = await startWebsite(collector.origin);
    await use(website);
    await website.stop();
  },
  // Whatever a page does, it hears nothing of the tracker.
  pageErrors: [
    async ({ context }, use) => {
      const errors: string[] = [];
      context.on('weberror', (error) => errors.push(String(error.error())));
      await use(errors);
      expect(errors).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
