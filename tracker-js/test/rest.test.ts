import { describe, expect, it, vi } from 'vitest';
import { version } from '../src/version';
import { at, collector, freshBrowser, snippet, watched, withNavigation } from './browser';

describe('rest', () => {
  freshBrowser();

  it('watches the history once, however often it is asked', async () => {
    vi.spyOn(history, 'pushState').mockImplementation((_state, _title, address) => {
      at('https://example.com' + String(address));
    });
    const { run } = await import('../src/rest');
    const move = vi.fn();
    run(snippet(), move);
    run(snippet(), move);
    move.mockClear();

    history.pushState(null, '', '/a');

    expect(move.mock.calls).toEqual([[{ navigationType: 'replace' }], [{}]]);
  });

  it('leaves the history alone where the browser tells of moves itself', async () => {
    withNavigation();
    const before = history.pushState;
    const { run } = await import('../src/rest');

    run(snippet(), vi.fn());

    expect(history.pushState).toBe(before);
  });

  describe('where requests end with the page', () => {
    const ours = JSON.stringify({ v: version, d: 'example.com', n: 'engagement' });

    /** What was sent, by its way. */
    const send = async ({ hidden, taken = true }: { hidden: boolean; taken?: boolean }) => {
      vi.stubGlobal('Request', { prototype: {} });
      const fetching = vi.fn(() => Promise.resolve(new Response(null, { status: 503 })));
      vi.stubGlobal('fetch', fetching);
      const beacon = vi.fn(() => taken);
      vi.stubGlobal('navigator', { sendBeacon: beacon });
      watched({ hidden, focused: !hidden });
      (await import('../src/rest')).run(snippet('https://stats.example/of/s.js'), vi.fn());
      return {
        beacon,
        fetching,
        says: async (body: string) =>
          (await fetch(new URL('https://stats.example/of/b'), { method: 'POST', body })).status,
      };
    };

    it('hands over what is sent as the page goes', async () => {
      const { beacon, fetching, says } = await send({ hidden: true });

      expect(await says(ours)).toBe(200);
      expect(beacon).toHaveBeenCalledExactlyOnceWith(new URL('https://stats.example/of/b'), ours);
      expect(fetching).not.toHaveBeenCalled();
    });

    it.each([
      ['is seen', { hidden: false }, ours],
      ['says something of its own', { hidden: true }, ours.replace('example.com', 'other.example')],
      ['has too much on its way', { hidden: true, taken: false }, ours],
    ])('leaves it to the browser where the page %s', async (_, state, said) => {
      const { fetching, says } = await send(state);

      expect(await says(said)).toBe(503);
      expect(fetching).toHaveBeenCalledOnce();
    });

    it('leaves the page what it asks with where the browser has both', async () => {
      vi.stubGlobal('Request', { prototype: { keepalive: true } });
      const { fetching } = collector();

      (await import('../src/rest')).run(snippet(), vi.fn());

      expect(fetch).toBe(fetching);
    });
  });
});
