import { describe, expect, it, vi } from 'vitest';
import { at, freshBrowser, snippet } from './browser';

describe('loadRest', () => {
  freshBrowser();

  it('leaves the page alone if the file cannot be loaded', async () => {
    const rejections: unknown[] = [];
    const remember = (reason: unknown) => rejections.push(reason);
    process.on('unhandledRejection', remember);
    snippet('https://stats.invalid/s.js');
    at('https://example.com/#sporlos-optout');
    const { loadRest } = await import('../src/loadRest');

    await loadRest();
    await vi.advanceTimersByTimeAsync(0);

    process.off('unhandledRejection', remember);
    expect(rejections).toEqual([]);
    expect(localStorage.getItem('sporlos')).toBeNull();
  });
});
