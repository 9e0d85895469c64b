import { defineConfig } from '@playwright/test';
import { agent, executable, flags } from './support/chromium';

export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  timeout: 30_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    launchOptions: {
      executablePath: executable,
      args: flags,
      // Playwright turns the back/forward cache off; people have it on.
      ignoreDefaultArgs: ['--disable-back-forward-cache'],
    },
    userAgent: agent,
    screenshot: 'only-on-failure',
  },
});
