import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Metric } from 'web-vitals';
import { at, collector, freshBrowser, snippet } from './browser';

type Report = (metric: Metric) => void;

/** The library measures real browsers; here it says what it is told to. */
const library: Record<string, Report> = {};
vi.mock('web-vitals', () => ({
  onLCP: (report: Report) => (library.LCP = report),
  onINP: (report: Report) => (library.INP = report),
  onCLS: (report: Report) => (library.CLS = report),
  onTTFB: (report: Report) => (library.TTFB = report),
}));

describe('vitals', () => {
  freshBrowser();

  let ids = 0;
  const figure = (name: string, value: number, more: Partial<Metric> = {}) => {
    const metric = { name, value, id: String(++ids), navigationType: 'navigate', navigationId: 1 };
    return { ...metric, ...more } as Metric;
  };
  const say = (metric: Metric) => library[metric.name]?.(metric);
  const hide = (state = 'hidden') => {
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state as 'hidden');
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  };

  beforeEach(() => {
    at('https://example.com/a?token=1#top');
    // As it is built: see scripts/build.js.
    vi.doMock('../src/endpoint', () => import('../src/dialects/endpoint'));
  });

  it('says all of a page in one beacon once it is hidden, without query and fragment', async () => {
    snippet();
    const { beacons } = collector();
    await import('../src/vitals/main');

    say(figure('TTFB', 412.2));
    say(figure('LCP', 2500.1));
    say(figure('CLS', 0.1000001));
    say(figure('INP', 96));
    expect(beacons).toEqual([]);
    hide();

    expect(beacons).toMatchObject([
      {
        d: 'example.com',
        n: 'vitals',
        u: 'https://example.com/a',
        ttfb: 413,
        lcp: 2501,
        cls: 0.101,
        inp: 96,
      },
    ]);
    expect(beacons[0]).not.toHaveProperty('c');
  });

  it.each([
    [undefined, 'https://example.com/stats/b'],
    ['hits', 'https://example.com/stats/hits'],
  ])('reports, where the snippet names %s, to %s', async (beacon, endpoint) => {
    Object.assign(snippet('https://example.com/stats/vitals.js').dataset, beacon && { beacon });
    const { fetching } = collector();
    await import('../src/vitals/main');

    say(figure('LCP', 1));
    hide();

    expect(fetching.mock.calls.map(([url]) => String(url))).toEqual([endpoint]);
  });

  it('says nothing while a page is visible, or of one that has nothing to say', async () => {
    snippet();
    const { beacons } = collector();
    await import('../src/vitals/main');

    hide();
    say(figure('LCP', 1));
    hide('visible');

    expect(beacons).toEqual([]);
  });

  it('says a figure once, and later what was not known before', async () => {
    snippet();
    const { beacons } = collector();
    await import('../src/vitals/main');
    const shift = figure('CLS', 0.01);

    say(shift);
    hide();
    shift.value = 0.3;
    say(shift);
    say(figure('INP', 8));
    hide();

    expect(beacons.map(({ cls, inp }) => [cls, inp])).toEqual([
      [0.01, undefined],
      [undefined, 8],
    ]);
  });

  it('tells the pages of an application apart, of which nobody waited for a first byte', async () => {
    snippet().dataset.hash = 'on';
    at('https://example.com/#/a?x=1');
    const { beacons } = collector();
    await import('../src/vitals/main');
    const navigationURL = 'https://example.com/#/b?y=2';
    const soft: Partial<Metric> = {
      navigationType: 'soft-navigation',
      navigationId: 2,
      navigationURL,
    };

    say(figure('LCP', 1));
    say(figure('TTFB', 0, soft));
    say(figure('LCP', 2, soft));
    at(navigationURL);
    say(figure('CLS', 0));
    hide();

    expect(beacons.map(({ u, lcp, cls, ttfb }) => [u, lcp, cls, ttfb])).toEqual([
      ['https://example.com/#/a', 1, 0, undefined],
      ['https://example.com/#/b', 2, undefined, undefined],
    ]);
  });

  it('takes a page from the back/forward cache for a view of its own, of the page then in view', async () => {
    snippet();
    const { beacons } = collector();
    await import('../src/vitals/main');

    say(figure('LCP', 1));
    hide();
    at('https://example.com/b');
    window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
    say(figure('TTFB', 0, { navigationType: 'back-forward-cache' }));
    hide();

    expect(beacons.map(({ u, ttfb }) => [u, ttfb])).toEqual([
      ['https://example.com/a', undefined],
      ['https://example.com/b', 0],
    ]);
  });

  it.each<[string, () => void]>([
    ['Global Privacy Control', () => vi.stubGlobal('navigator', { globalPrivacyControl: true })],
    ['a choice', () => vi.stubGlobal('localStorage', { sporlos: 'optout' })],
    [
      'a file on a disk',
      () => {
        at('file:///home/kim/page.html');
      },
    ],
  ])('says nothing because of %s', async (_, declined) => {
    declined();
    snippet();
    const { beacons } = collector();
    await import('../src/vitals/main');

    say(figure('LCP', 1));
    hide();

    expect(beacons).toEqual([]);
  });
});
