import { defineConfig } from '@playwright/test';
import { executable, flags } from './support/chromium';

export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  // What fails once and then passes on a busy machine is told as flaky, and does not hide the rest.
  retries: 1,
  timeout: 45_000,
  // Figures of today are up to ten seconds old.
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: {
    launchOptions: {
      executablePath: executable,
      args: flags,
      // Playwright turns the back/forward cache off; people have it on.
      ignoreDefaultArgs: ['--disable-back-forward-cache'],
    },
    screenshot: 'only-on-failure',
  },
});
