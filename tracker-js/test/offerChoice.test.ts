import { describe, expect, it, vi } from 'vitest';
import { at, freshBrowser, snippet } from './browser';

describe('offerChoice', () => {
  freshBrowser();

  it('leaves the page alone if the file of the choice cannot be loaded', async () => {
    const rejections: unknown[] = [];
    const remember = (reason: unknown) => rejections.push(reason);
    process.on('unhandledRejection', remember);
    snippet('https://stats.invalid/s.js');
    at('https://example.com/#sporlos-optout');
    const { offerChoice } = await import('../src/offerChoice');

    await offerChoice();
    await vi.advanceTimersByTimeAsync(0);

    process.off('unhandledRejection', remember);
    expect(rejections).toEqual([]);
    expect(localStorage.getItem('sporlos')).toBeNull();
  });

  it.each([
    ['a script without an address', () => snippet('')],
    ['no script at all', () => undefined],
  ])('throws nothing into a page with %s', async (_, arrange) => {
    arrange();
    at('https://example.com/#sporlos-optout');
    const { offerChoice } = await import('../src/offerChoice');

    expect(offerChoice).not.toThrow();
  });
});
