import { describe, expect, it, vi } from 'vitest';
import { freshBrowser, snippet } from './browser';

describe('script', () => {
  freshBrowser();

  it('remembers the snippet that the browser names only at first', async () => {
    const element = snippet();
    const { script } = await import('../src/script');

    vi.spyOn(document, 'currentScript', 'get').mockReturnValue(null);

    expect(script).toBe(element);
  });

  it('knows what the snippet says', async () => {
    snippet(undefined, 'shop.example');

    const { settings } = await import('../src/script');

    expect(settings.site).toBe('shop.example');
  });
});
