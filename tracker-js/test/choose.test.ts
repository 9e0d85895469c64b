import { afterEach, describe, expect, it, vi } from 'vitest';
import { choose } from '../src/choose';
import { at, freshBrowser, snippet } from './browser';

describe('choose', () => {
  freshBrowser();

  afterEach(() => {
    vi.restoreAllMocks();
    localStorage.clear();
  });

  /** Opens a page by an address; returns where that leads. */
  const open = (address: string, source = 'https://stats.example/s.js', site = 'example.com') => {
    at(address);
    let next = '';
    vi.spyOn(location, 'replace').mockImplementation((url) => {
      next = String(url);
    });
    choose(snippet(source, site));
    return next;
  };

  /** A storage that is not as it should be. */
  const keeping = (flaw: Partial<Storage>) =>
    vi
      .spyOn(window, 'localStorage', 'get')
      .mockReturnValue({ getItem: () => null, ...flaw } as Storage);

  it.each(['optout', 'own'])('keeps %s, and goes where it is confirmed', (choice) => {
    const next = open(`https://example.com/a?x#sporlos-${choice}`);

    expect(localStorage.getItem('sporlos')).toBe(choice);
    expect(next).toBe(`https://stats.example/privacy?site=example.com&stored=${choice}`);
  });

  it('takes a choice back', () => {
    localStorage.setItem('sporlos', 'optout');

    const next = open('https://example.com/#sporlos-optin');

    expect(localStorage.getItem('sporlos')).toBeNull();
    expect(next).toBe('https://stats.example/privacy?site=example.com&stored=optin');
  });

  it('goes beside the script, wherever that is', () => {
    const next = open('https://example.com/#sporlos-own', 'https://example.com/under/s.js?v=1/2');

    expect(next).toBe('https://example.com/under/privacy?site=example.com&stored=own');
  });

  it('writes down the name of a site so that it says nothing else', () => {
    const next = open('https://example.com/#sporlos-own', undefined, 'a&stored=optin');

    expect(new URL(next).searchParams.get('site')).toBe('a&stored=optin');
    expect(new URL(next).searchParams.getAll('stored')).toEqual(['own']);
  });

  it.each([
    [
      'blocked',
      () =>
        vi.spyOn(window, 'localStorage', 'get').mockImplementation(() => {
          throw new DOMException('denied', 'SecurityError');
        }),
    ],
    [
      'full',
      () =>
        keeping({
          setItem: () => {
            throw new DOMException('full', 'QuotaExceededError');
          },
        }),
    ],
    ['forgetful', () => keeping({ setItem: () => undefined })],
    ['absent', () => vi.spyOn(window, 'localStorage', 'get').mockReturnValue(null as never)],
  ])('confirms nothing that the browser does not keep: storage is %s', (_, arrange) => {
    arrange();

    const next = open('https://example.com/#sporlos-optout');

    expect(next).toBe('https://stats.example/privacy?site=example.com&stored=no');
  });

  it('confirms no return that the browser has not made', () => {
    keeping({ getItem: () => 'optout', removeItem: () => undefined });

    const next = open('https://example.com/#sporlos-optin');

    expect(next).toMatch(/stored=no$/);
  });

  it.each(['#sporlos-options', '#sporlos-owner', '#x#sporlos-own', '#own', ''])(
    'takes "%s" for no choice',
    (hash) => {
      const next = open(`https://example.com/${hash}`);

      expect(next).toBe('');
      expect(localStorage.getItem('sporlos')).toBeNull();
    },
  );

  it('does not listen in a frame, which another page may have opened', () => {
    vi.stubGlobal('top', {});

    const next = open('https://example.com/#sporlos-own');

    expect(next).toBe('');
    expect(localStorage.getItem('sporlos')).toBeNull();
  });
});
