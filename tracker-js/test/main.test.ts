import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { at, collector, freshBrowser, snippet, withNavigation } from './browser';

const choose = vi.fn();
vi.mock('https://stats.example/rest.js', () => ({ run: choose }));

describe('main', () => {
  freshBrowser();

  afterEach(() => {
    choose.mockClear();
  });

  let navigate: ReturnType<typeof withNavigation>;

  beforeEach(() => {
    navigate = withNavigation();
  });

  const load = async ({ prerendering }: { prerendering?: boolean }) => {
    Object.defineProperty(document, 'prerendering', { value: prerendering, configurable: true });
    snippet();
    const { beacons } = collector();
    await import('../src/main');
    return beacons;
  };

  it.each([{ prerendering: false }, {}])('counts a page at once given %j', async (state) => {
    const beacons = await load(state);

    expect(beacons).toMatchObject([{ n: 'pageview' }]);
  });

  it('counts a prerendered page when the visitor opens it', async () => {
    const beacons = await load({ prerendering: true });
    expect(beacons).toEqual([]);

    document.dispatchEvent(new Event('prerenderingchange'));

    expect(beacons).toMatchObject([{ n: 'pageview' }]);
  });

  it.each(['optout', 'own', 'optin'])('does not count a page opened to choose %s', async (word) => {
    at(`https://example.com/#sporlos-${word}`);

    const beacons = await load({});

    await vi.waitFor(() => {
      expect(choose).toHaveBeenCalled();
    });
    expect(beacons).toEqual([]);
  });

  it.each(['#sporlos-', '#sporlos', '#x#sporlos-own', '#own', ''])(
    'counts a page at "%s" like any other',
    async (hash) => {
      at(`https://example.com/${hash}`);

      const beacons = await load({});

      expect(choose).not.toHaveBeenCalled();
      expect(beacons).toMatchObject([{ n: 'pageview' }]);
    },
  );

  it('makes no choice on a page that nobody has opened yet', async () => {
    at('https://example.com/#sporlos-optout');
    const beacons = await load({ prerendering: true });
    expect(choose).not.toHaveBeenCalled();

    document.dispatchEvent(new Event('prerenderingchange'));

    await vi.waitFor(() => {
      expect(choose).toHaveBeenCalled();
    });
    expect(beacons).toEqual([]);
  });

  it('serves a link on the page itself', async () => {
    await load({});

    navigate('#part', 'push');
    expect(choose).not.toHaveBeenCalled();
    navigate('#sporlos-optout', 'push');

    await vi.waitFor(() => {
      expect(choose).toHaveBeenCalled();
    });
  });

  it('does nothing where the page runs it as a module', async () => {
    const { beacons } = collector();

    await import('../src/main');

    expect(beacons).toEqual([]);
    expect(window.sporlos).toBeUndefined();
  });
});
