import { describe, expect, it } from 'vitest';
import { at, collector, freshBrowser, snippet } from './browser';

describe('main', () => {
  freshBrowser();

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

  it('counts no page that is opened to make a choice', async () => {
    at('https://example.com/#sporlos-optout');

    expect(await load({})).toEqual([]);
  });
});
