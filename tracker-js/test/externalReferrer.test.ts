import { describe, expect, it } from 'vitest';
import { at, cameFrom, freshBrowser } from './browser';

describe('externalReferrer', () => {
  freshBrowser();

  it.each([
    ['https://search.example/', 'https://search.example/'],
    ['https://search.example/find?q=secret#top', 'https://search.example/find'],
    ['https://example.com.evil.example/', 'https://example.com.evil.example/'],
    ['android-app://com.example.mail/', 'android-app://com.example.mail/'],
    ['https://example.com/before', ''],
    ['https://example.com/before?q=1', ''],
    ['', ''],
  ])('makes of %s on example.com: %s', async (referrer, sent) => {
    at('https://example.com/');
    cameFrom(referrer);

    const { externalReferrer } = await import('../src/externalReferrer');

    expect(externalReferrer).toBe(sent);
  });
});
