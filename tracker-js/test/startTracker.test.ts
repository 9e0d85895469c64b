import { describe, expect, it, vi } from 'vitest';
import type { Sporlos } from '../src/sporlos';
import {
  at,
  cameFrom,
  collector,
  freshBrowser,
  laidOut,
  snippet,
  watched,
  withNavigation,
} from './browser';

describe('startTracker', () => {
  freshBrowser();

  const start = async () => {
    snippet();
    const { beacons } = collector();
    const { startTracker } = await import('../src/startTracker');
    startTracker();
    return beacons;
  };
  const leave = () => {
    watched({ hidden: true, focused: false });
    window.dispatchEvent(new Event('visibilitychange'));
  };

  it('counts the page with the way that led to it', async () => {
    at('https://example.com/a?utm_source=x&secret=1');
    cameFrom('https://search.example/?q=secret');
    vi.stubGlobal('innerWidth', 1280);

    const beacons = await start();

    expect(beacons).toMatchObject([
      {
        n: 'pageview',
        u: 'https://example.com/a?utm_source=x',
        r: 'https://search.example/',
        w: 1280,
      },
    ]);
  });

  it('counts the next page of the same document, after what is due for the one that is left', async () => {
    cameFrom('https://search.example/');
    const navigate = withNavigation();
    const beacons = await start();

    vi.advanceTimersByTime(3000);
    navigate('/next', 'push');

    expect(beacons.map(({ n, u, r, e }) => ({ n, u, r, e }))).toEqual([
      { n: 'pageview', u: 'https://example.com/', r: 'https://search.example/' },
      { n: 'engagement', u: 'https://example.com/', e: 3000 },
      { n: 'pageview', u: 'https://example.com/next' },
    ]);
  });

  it('reports engagement with the page when it is hidden', async () => {
    const beacons = await start();

    laidOut({ scrolled: 500, viewport: 500, height: 2000 });
    vi.advanceTimersByTime(3000);
    leave();

    expect(beacons[1]).toMatchObject({
      n: 'engagement',
      u: 'https://example.com/',
      e: 3000,
      sd: 50,
    });
  });

  it('counts the page again when it comes back from the back/forward cache', async () => {
    const beacons = await start();

    window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: false }));
    window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));

    expect(beacons.map((beacon) => beacon.n)).toEqual(['pageview', 'pageview']);
    expect(beacons[1]).not.toHaveProperty('r');
  });

  it('counts custom events with all that may be said of them', async () => {
    const beacons = await start();

    window.sporlos?.('Purchase', {
      props: { plan: 'yearly', seats: 5, trial: false },
      revenue: { amount: 1299.95, currency: 'DKK' },
      interactive: false,
    });
    window.sporlos?.('Signup');
    window.sporlos?.('Null', null as never);

    expect(beacons[3]).toMatchObject({ n: 'Null' });
    expect(beacons[1]).toMatchObject({
      n: 'Purchase',
      u: 'https://example.com/',
      p: { plan: 'yearly', seats: 5, trial: false },
      $: { amount: 1299.95, currency: 'DKK' },
      i: false,
    });
    expect(Object.keys(beacons[2] ?? {})).toEqual(['v', 'd', 'k', 'b', 'u', 'n']);
  });

  it('replays, after the page view, the calls that the stub has kept', async () => {
    const stub: Sporlos = function () {
      // As the documented stub does: what it keeps are `arguments`, not arrays.
      // eslint-disable-next-line prefer-rest-params
      (stub.q = stub.q ?? []).push(arguments as unknown as Parameters<Sporlos>);
    };
    window.sporlos = stub;
    stub('First', { props: { n: 1 } });
    stub('Second');

    const beacons = await start();

    expect(beacons).toMatchObject([
      { n: 'pageview' },
      { n: 'First', p: { n: 1 } },
      { n: 'Second' },
    ]);
  });

  it('counts once when the snippet is in the page twice', async () => {
    const beacons = await start();
    const first = window.sporlos;

    const { startTracker } = await import('../src/startTracker');
    startTracker();

    expect(beacons).toHaveLength(1);
    expect(window.sporlos).toBe(first);
  });

  it('sends nothing for a visitor who declined, yet has the function that the page calls', async () => {
    vi.stubGlobal('navigator', { doNotTrack: '1' });
    const beacons = await start();

    window.sporlos?.('Signup');
    vi.advanceTimersByTime(3000);
    leave();

    expect(window.sporlos).toBeTypeOf('function');
    expect(beacons).toEqual([]);
  });
});
