import type { Page } from '@playwright/test';
import { expect } from './dashboard';
import type { Sporlos } from './sporlos';

/** Waits until a page of settings is there as a whole. */
export async function whole(page: Page): Promise<void> {
  await expect(page.locator('main h1')).toBeVisible();
  await expect(page.locator('.skeleton, [aria-busy=true]')).toHaveCount(0);
}

/** What the API answers whoever is signed in. */
export async function asked<T>(page: Page, path: string): Promise<T> {
  const answer = await page.request.get(new URL(path, page.url()).href);
  expect(answer.status(), path).toBe(200);
  return (await answer.json()) as T;
}

/** What holds for a site, by name of the setting; null where nothing is said. */
export async function settingsOf(page: Page, site: string) {
  const { settings, profile } = await asked<{
    settings: { name: string; value: string | null }[];
    profile: string;
  }>(page, `/api/v1/sites/${site}/settings`);
  return { profile, ...Object.fromEntries(settings.map(({ name, value }) => [name, value])) };
}

/** Speaks a language from the next page on. */
export const speak = (page: Page, language: 'en' | 'da') =>
  page.evaluate((chosen) => {
    localStorage.setItem('sporlos-language', chosen);
  }, language);

/** Somebody views a page; returns why that is not counted. */
export async function view(sporlos: Sporlos, site: string, url: string): Promise<string | null> {
  const answer = await fetch(`${sporlos.origin}/b`, {
    method: 'POST',
    headers: {
      'accept-language': 'da',
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0',
    },
    body: JSON.stringify({ d: site, n: 'pageview', u: url }),
  });
  return answer.headers.get('sporlos-ignored');
}

/** The first thing of a name: a button, by what it says. */
export const press = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name }).click();
