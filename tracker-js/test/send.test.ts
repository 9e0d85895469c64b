import { describe, expect, it, vi } from 'vitest';
import type { Beacon } from '../src/beacon';
import { at, collector, freshBrowser, inView, snippet } from './browser';

const page = 'https://example.com/a';

describe('send', () => {
  freshBrowser();

  const load = async (address = page) => {
    at(address);
    await inView();
    return (await import('../src/send')).send;
  };

  it('says site, page, name, version and a nonce', async () => {
    snippet('https://stats.example/s.js', 'example.com');
    const { beacons } = collector();
    const send = await load();

    send({ n: 'Signup', p: { plan: 'yearly' } });

    expect(beacons).toEqual([
      {
        v: 1,
        d: 'example.com',
        n: 'Signup',
        u: page,
        k: expect.stringMatching(/^0\.\d+$/) as string,
        b: false,
        p: { plan: 'yearly' },
      },
    ]);
  });

  it.each([true, false, undefined])('says that it is driven: %s', async (webdriver) => {
    snippet();
    vi.stubGlobal('navigator', { webdriver });
    const { beacons } = collector();
    const send = await load();

    send({ n: 'pageview' });

    expect(beacons).toHaveLength(1);
    expect(beacons[0]?.b).toBe(webdriver);
  });

  it('draws a nonce for each beacon', async () => {
    snippet();
    const { beacons } = collector();
    const send = await load();

    for (let i = 0; i < 100; i++) {
      send({ n: 'pageview' });
    }

    expect(new Set(beacons.map((beacon) => beacon.k)).size).toBe(100);
  });

  it('posts text, with the cookie of the site, in a request that outlives the page', async () => {
    snippet();
    const { fetching } = collector();
    const send = await load();

    send({ n: 'pageview' });

    expect(fetching).toHaveBeenCalledExactlyOnceWith(new URL('https://stats.example/b'), {
      method: 'POST',
      body: expect.any(String) as string,
      keepalive: true,
      credentials: 'include',
    });
  });

  it.each([
    ['https://stats.example/s.js', 'https://stats.example/b'],
    ['https://stats.example/s.js?v=1/2', 'https://stats.example/b'],
    ['https://example.com/under/a/prefix/s.js', 'https://example.com/under/a/prefix/b'],
    ['http://localhost:8080/s.js#x', 'http://localhost:8080/b'],
  ])('finds, from a script at %s, the endpoint %s', async (source, endpoint) => {
    snippet(source);
    const { fetching } = collector();
    const send = await load();

    send({ n: 'pageview' });

    expect(String(fetching.mock.calls[0]?.[0])).toBe(endpoint);
  });

  it('sends nothing once the visitor has declined', async () => {
    snippet();
    const { beacons } = collector();
    const send = await load();
    send({ n: 'before' });

    vi.stubGlobal('navigator', { globalPrivacyControl: true });
    send({ n: 'after' });

    expect(beacons.map((beacon) => beacon.n)).toEqual(['before']);
  });

  it('sends nothing of files on the disk', async () => {
    snippet();
    const { beacons } = collector();
    const send = await load('file:///home/eve/secret.html');

    send({ n: 'pageview' });

    expect(beacons).toEqual([]);
  });

  /** Answers the first beacons with these, then with 202; an answer that is no status is none. */
  const answering = (...answers: number[]) => {
    const said: { beacon: Beacon; keepalive: boolean | undefined }[] = [];
    vi.stubGlobal('fetch', (_endpoint: URL, request: RequestInit) => {
      said.push({
        beacon: JSON.parse(request.body as string) as Beacon,
        keepalive: request.keepalive,
      });
      const status = answers.shift() ?? 202;
      return status
        ? Promise.resolve(new Response(null, { status }))
        : Promise.reject(new TypeError('lost'));
    });
    return said;
  };
  const lost = 0;

  it('gives no consent with what it sends again, and withdraws it', async () => {
    snippet();
    const said = answering(lost, lost);
    const send = await load();

    send({ n: 'engagement', c: 1 });
    send({ n: 'engagement', c: 0 });
    await vi.advanceTimersByTimeAsync(6_000);

    expect(said.map(({ beacon }) => beacon.c)).toEqual([1, 0, undefined, 0]);
  });

  it.each([lost, 500, 502, 503])(
    'sends again, once, as the same beacon, with its age, what was answered %s',
    async (first) => {
      snippet();
      const said = answering(first, lost);
      const send = await load();

      send({ n: 'pageview', w: 1280 });
      await vi.advanceTimersByTimeAsync(4_900);
      expect(said).toHaveLength(1);
      await vi.advanceTimersByTimeAsync(3_600_000);

      expect(said).toHaveLength(2);
      expect(said[1]?.beacon).toEqual({ ...said[0]?.beacon, a: 5 });
      // Which may be why the first was lost: a browser grants 64 KiB at a time.
      expect(said.map((one) => one.keepalive)).toEqual([true, false]);
    },
  );

  it.each([200, 202, 204, 400, 413, 429])(
    'does not send again what was answered %s',
    async (status) => {
      snippet();
      const said = answering(status);
      const send = await load();

      send({ n: 'pageview' });
      await vi.advanceTimersByTimeAsync(3_600_000);

      expect(said).toHaveLength(1);
    },
  );

  it('goes on trying while the browser is offline, and once when it is not', async () => {
    snippet();
    vi.stubGlobal('navigator', { onLine: false });
    const said = answering(...Array.from({ length: 14 }, () => lost));
    const send = await load();

    send({ n: 'pageview' });
    await vi.advanceTimersByTimeAsync(62_000);
    vi.stubGlobal('navigator', { onLine: true });
    await vi.advanceTimersByTimeAsync(3_600_000);

    expect(said.at(-1)?.beacon.a).toBe(65);
    expect(said).toHaveLength(14);
  });

  it('says the age that a beacon has, where timers come late', async () => {
    snippet();
    const said = answering(503);
    const send = await load();

    send({ n: 'pageview' });
    vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 60_000);
    await vi.advanceTimersByTimeAsync(5_000);

    expect(said[1]?.beacon.a).toBe(60);
  });

  it('sends nothing again after ten minutes, where timers come late', async () => {
    snippet();
    const said = answering(503);
    const send = await load();

    send({ n: 'pageview' });
    vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 600_000);
    await vi.advanceTimersByTimeAsync(3_600_000);

    expect(said).toHaveLength(1);
  });

  it('forgets what could not be sent for ten minutes', async () => {
    snippet();
    vi.stubGlobal('navigator', { onLine: false });
    const said = answering(...Array.from({ length: 1_000 }, () => lost));
    const send = await load();

    send({ n: 'pageview' });
    await vi.advanceTimersByTimeAsync(3_600_000);

    expect(said.at(-1)?.beacon.a).toBe(595);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('sends nothing again once the visitor has declined', async () => {
    snippet();
    const said = answering(503);
    const send = await load();

    send({ n: 'pageview' });
    vi.stubGlobal('navigator', { globalPrivacyControl: true, onLine: true });
    await vi.advanceTimersByTimeAsync(3_600_000);

    expect(said).toHaveLength(1);
  });

  it('leaves the page alone if nothing can be sent at all', async () => {
    const rejections: unknown[] = [];
    const remember = (reason: unknown) => rejections.push(reason);
    process.on('unhandledRejection', remember);
    snippet();
    const fetching = vi.fn(() => Promise.reject(new TypeError('blocked')));
    vi.stubGlobal('fetch', fetching);
    const send = await load();

    send({ n: 'pageview' });
    await vi.advanceTimersByTimeAsync(3_600_000);

    expect(fetching).toHaveBeenCalledTimes(2);
    process.off('unhandledRejection', remember);
    expect(rejections).toEqual([]);
  });

  it.each([
    ['a script without an address', () => snippet('')],
    ['a fetch that throws', () => (snippet(), vi.stubGlobal('fetch', () => null))],
  ])('throws nothing into a page with %s', async (_, arrange) => {
    arrange();
    const send = await load();

    expect(() => {
      send({ n: 'pageview' });
    }).not.toThrow();
  });

  it('throws nothing into a page that gives properties that cannot be written down', async () => {
    snippet();
    collector();
    const send = await load();
    const knot: Record<string, unknown> = {};
    knot.knot = knot;

    expect(() => {
      send({ n: 'Signup', p: knot as Record<string, string> });
    }).not.toThrow();
  });
});
