import { beforeEach, describe, expect, it, vi } from 'vitest';
import { at, collector, freshBrowser, snippet, withNavigation } from './browser';

describe('watchNavigation', () => {
  freshBrowser();

  /** The paths of the pages that are counted after the first one. */
  const watch = async () => {
    snippet();
    const pages: string[] = [];
    const { beacons } = collector();
    const push = beacons.push.bind(beacons);
    beacons.push = (beacon) => {
      pages.push(new URL(beacon.u).pathname);
      return push(beacon);
    };
    const { move, watchNavigation } = await import('../src/watchNavigation');
    move({});
    watchNavigation();
    if (!(window.navigation as unknown)) {
      // As the file beside the script has it.
      (await import('../src/watchHistory')).watchHistory(move);
    }
    pages.length = 0;
    return pages;
  };

  describe('with the Navigation API', () => {
    let navigate: ReturnType<typeof withNavigation>;

    beforeEach(() => {
      navigate = withNavigation();
    });

    it('notices a new entry', async () => {
      const pages = await watch();

      navigate('/a', 'push');
      navigate('/b', 'push');

      expect(pages).toEqual(['/a', '/b']);
    });

    it('notices going back', async () => {
      const pages = await watch();

      navigate('/a', 'push');
      navigate('/', 'traverse');

      expect(pages).toEqual(['/a', '/']);
    });

    it.each(['/?page=2', '/#part'])('takes %s for the page it is on', async (address) => {
      const pages = await watch();

      navigate(address, 'push');

      expect(pages).toEqual([]);
    });

    it('does not take a corrected address for another page', async () => {
      const pages = await watch();

      navigate('/en/', 'replace');
      navigate('/en/?page=2', 'push');
      navigate('/en/#part', 'push');

      expect(pages).toEqual([]);
    });

    it('leaves the history alone', async () => {
      const before = history.pushState;

      await watch();

      expect(history.pushState).toBe(before);
    });
  });

  describe('without the Navigation API', () => {
    beforeEach(() => {
      // Given back after the test.
      vi.spyOn(history, 'pushState').mockImplementation((_state, _title, address) => {
        at('https://example.com' + String(address));
      });
    });

    it('notices a new entry', async () => {
      const pages = await watch();

      history.pushState(null, '', '/a');
      history.pushState(null, '', '/b');

      expect(pages).toEqual(['/a', '/b']);
    });

    it('notices going back', async () => {
      const pages = await watch();

      history.pushState(null, '', '/a');
      at('https://example.com/');
      window.dispatchEvent(new Event('popstate'));

      expect(pages).toEqual(['/a', '/']);
    });

    it.each(['/?page=2', '/#part'])('takes %s for the page it is on', async (address) => {
      const pages = await watch();

      history.pushState(null, '', address);

      expect(pages).toEqual([]);
    });

    it('does not take a corrected address for another page', async () => {
      const pages = await watch();

      at('https://example.com/en/');
      history.pushState(null, '', '/en/?page=2');

      expect(pages).toEqual([]);
    });

    it('passes on what the page gives to its history', async () => {
      const pushState = vi.mocked(history.pushState);
      await watch();

      history.pushState({ some: 'state' }, 'title', '/a');

      expect(pushState).toHaveBeenCalledExactlyOnceWith({ some: 'state' }, 'title', '/a');
    });

    it('lets the page have the errors of its history', async () => {
      vi.mocked(history.pushState).mockImplementation(() => {
        throw new DOMException('another origin', 'SecurityError');
      });
      const pages = await watch();

      expect(() => {
        history.pushState(null, '', 'https://other.example/');
      }).toThrow('another origin');
      expect(pages).toEqual([]);
    });
  });
});
