import { describe, expect, it, vi } from 'vitest';
import { at, collector, freshBrowser, snippet } from './browser';

const page = 'https://example.com/a';

describe('send', () => {
  freshBrowser();

  const load = async () => (await import('../src/send')).send;

  it('says site, page, name, version and a nonce', async () => {
    snippet('https://stats.example/s.js', 'example.com');
    const { beacons } = collector();
    const send = await load();

    send(page, 'Signup', { p: { plan: 'yearly' } });

    expect(beacons).toEqual([
      {
        v: 1,
        d: 'example.com',
        n: 'Signup',
        u: page,
        k: expect.stringMatching(/^0\.\d+$/) as string,
        p: { plan: 'yearly' },
      },
    ]);
  });

  it.each([
    [true, 1],
    [false, undefined],
    [undefined, undefined],
  ])('says, when the browser says of being driven %s, %s', async (webdriver, said) => {
    snippet();
    vi.stubGlobal('navigator', { webdriver });
    const { beacons } = collector();
    const send = await load();

    send(page, 'pageview', {});

    expect(beacons).toHaveLength(1);
    expect(beacons[0]?.b).toBe(said);
  });

  it('draws a nonce for each beacon', async () => {
    snippet();
    const { beacons } = collector();
    const send = await load();

    for (let i = 0; i < 100; i++) {
      send(page, 'pageview', {});
    }

    expect(new Set(beacons.map((beacon) => beacon.k)).size).toBe(100);
  });

  it('posts text, without credentials, in a request that outlives the page', async () => {
    snippet();
    const { fetching } = collector();
    const send = await load();

    send(page, 'pageview', {});

    expect(fetching).toHaveBeenCalledExactlyOnceWith(new URL('https://stats.example/b'), {
      method: 'POST',
      body: expect.any(String) as string,
      keepalive: true,
      credentials: 'omit',
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

    send(page, 'pageview', {});

    expect(String(fetching.mock.calls[0]?.[0])).toBe(endpoint);
  });

  it('sends nothing once the visitor has declined', async () => {
    snippet();
    const { beacons } = collector();
    const send = await load();
    send(page, 'before', {});

    vi.stubGlobal('navigator', { globalPrivacyControl: true });
    send(page, 'after', {});

    expect(beacons.map((beacon) => beacon.n)).toEqual(['before']);
  });

  it('sends nothing of files on the disk', async () => {
    snippet();
    const { beacons } = collector();
    const send = await load();
    at('file:///home/eve/secret.html');

    send('file:///home/eve/secret.html', 'pageview', {});

    expect(beacons).toEqual([]);
  });

  it('sends the same beacon once more, within what a page may send at all, if that fails', async () => {
    snippet();
    const fetching = vi.fn((_endpoint: URL, request: RequestInit) =>
      request.keepalive
        ? Promise.reject(new TypeError('allowance used up'))
        : Promise.resolve(new Response()),
    );
    vi.stubGlobal('fetch', fetching);
    const send = await load();

    send(page, 'pageview', {});

    await vi.waitFor(() => {
      expect(fetching).toHaveBeenCalledTimes(2);
    });
    const [first, second] = fetching.mock.calls;
    expect(second).toEqual([first?.[0], { ...first?.[1], keepalive: false }]);
  });

  it('leaves the page alone if nothing can be sent at all', async () => {
    const rejections: unknown[] = [];
    const remember = (reason: unknown) => rejections.push(reason);
    process.on('unhandledRejection', remember);
    snippet();
    const fetching = vi.fn(() => Promise.reject(new TypeError('blocked')));
    vi.stubGlobal('fetch', fetching);
    const send = await load();

    send(page, 'pageview', {});

    await vi.waitFor(() => {
      expect(fetching).toHaveBeenCalledTimes(2);
    });
    await new Promise(process.nextTick);
    process.off('unhandledRejection', remember);
    expect(rejections).toEqual([]);
  });

  it.each([
    ['a script without an address', () => snippet('')],
    ['no script at all', () => undefined],
    ['a fetch that throws', () => (snippet(), vi.stubGlobal('fetch', () => null))],
  ])('throws nothing into a page with %s', async (_, arrange) => {
    arrange();
    const send = await load();

    expect(() => {
      send(page, 'pageview', {});
    }).not.toThrow();
  });

  it('throws nothing into a page that gives properties that cannot be written down', async () => {
    snippet();
    collector();
    const send = await load();
    const knot: Record<string, unknown> = {};
    knot.knot = knot;

    expect(() => {
      send(page, 'Signup', { p: knot as Record<string, string> });
    }).not.toThrow();
  });
});
