import { describe, expect, it } from 'vitest';
import { cameFrom, freshBrowser } from './browser';

describe('referrer', () => {
  freshBrowser();

  it.each([
    ['https://search.example/', 'https://search.example/'],
    ['https://search.example/find?q=secret', 'https://search.example/find'],
    ['https://example.com.evil.example/', 'https://example.com.evil.example/'],
    ['android-app://com.example.mail/', 'android-app://com.example.mail/'],
    ['https://example.com/before?q=1', 'https://example.com/before'],
    ['', ''],
  ])('makes of %s: %s', async (from, sent) => {
    cameFrom(from);

    const { referrer } = await import('../src/referrer');

    expect(referrer()).toBe(sent);
  });
});
