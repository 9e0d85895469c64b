import { afterEach, describe, expect, it, vi } from 'vitest';
import { at, freshBrowser } from './browser';

describe('choose', () => {
  freshBrowser();

  afterEach(() => {
    vi.restoreAllMocks();
    localStorage.clear();
  });

  /** Opens a page by an address; returns where that leads. */
  const open = async (address: string) => {
    at(address);
    let next = '';
    vi.spyOn(location, 'replace').mockImplementation((url) => {
      next = String(url);
    });
    await import('../src/choose');
    return new URL(next);
  };

  it.each(['optout', 'own'])('keeps %s, and goes where it is confirmed', async (choice) => {
    const next = await open(`https://example.com/a?x#sporlos-${choice}`);

    expect(localStorage.sporlos).toBe(choice);
    expect(next.pathname).toMatch(/privacy$/);
    expect(next.searchParams.get('stored')).toBe(choice);
  });

  it('takes a choice back', async () => {
    localStorage.sporlos = 'optout';

    const next = await open('https://example.com/#sporlos-optin');

    expect(localStorage.getItem('sporlos')).toBeNull();
    expect(next.searchParams.get('stored')).toBe('optin');
  });

  it.each(['', 'x', 'optout&site=other.example', 'https://evil.example/'])(
    'knows no choice of the name "%s"',
    async (choice) => {
      const next = await open(`https://example.com/#sporlos-${choice}`);

      expect(localStorage.getItem('sporlos')).toBeNull();
      expect(next.searchParams.get('stored')).toBe('no');
      expect(next.host).not.toBe('evil.example');
    },
  );

  it('confirms nothing that the browser does not keep', async () => {
    vi.spyOn(window, 'localStorage', 'get').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError');
    });

    const next = await open('https://example.com/#sporlos-optout');

    expect(next.searchParams.get('stored')).toBe('no');
  });
});
