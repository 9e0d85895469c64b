import { beforeEach, describe, expect, it, vi } from 'vitest';
import { watchNavigation } from '../src/watchNavigation';
import { at, freshBrowser } from './browser';

describe('watchNavigation', () => {
  freshBrowser();

  const watch = () => {
    const pages: string[] = [];
    watchNavigation(() => pages.push(location.pathname));
    return pages;
  };

  describe('with the Navigation API', () => {
    const navigation = new EventTarget();
    const navigate = (address: string, navigationType: string | null) => {
      at('https://example.com' + address);
      navigation.dispatchEvent(Object.assign(new Event('currententrychange'), { navigationType }));
    };

    beforeEach(() => {
      vi.stubGlobal('navigation', navigation);
    });

    it('notices a new entry', () => {
      const pages = watch();

      navigate('/a', 'push');
      navigate('/b', 'push');

      expect(pages).toEqual(['/a', '/b']);
    });

    it('notices going back', () => {
      const pages = watch();

      navigate('/a', 'push');
      navigate('/', 'traverse');

      expect(pages).toEqual(['/a', '/']);
    });

    it.each(['/?page=2', '/#part'])('takes %s for the page it is on', (address) => {
      const pages = watch();

      navigate(address, 'push');

      expect(pages).toEqual([]);
    });

    it('does not take a corrected address for another page', () => {
      const pages = watch();

      navigate('/en/', 'replace');
      navigate('/en/?page=2', 'push');
      navigate('/en/#part', 'push');

      expect(pages).toEqual([]);
    });

    it('leaves the history alone', () => {
      const before = history.pushState;

      watch();

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

    it('notices a new entry', () => {
      const pages = watch();

      history.pushState(null, '', '/a');
      history.pushState(null, '', '/b');

      expect(pages).toEqual(['/a', '/b']);
    });

    it('notices going back', () => {
      const pages = watch();

      history.pushState(null, '', '/a');
      at('https://example.com/');
      window.dispatchEvent(new Event('popstate'));

      expect(pages).toEqual(['/a', '/']);
    });

    it.each(['/?page=2', '/#part'])('takes %s for the page it is on', (address) => {
      const pages = watch();

      history.pushState(null, '', address);

      expect(pages).toEqual([]);
    });

    it('does not take a corrected address for another page', () => {
      const pages = watch();

      at('https://example.com/en/');
      history.pushState(null, '', '/en/?page=2');

      expect(pages).toEqual([]);
    });

    it('passes on what the page gives to its history', () => {
      const pushState = vi.mocked(history.pushState);
      watch();

      history.pushState({ some: 'state' }, 'title', '/a');

      expect(pushState).toHaveBeenCalledExactlyOnceWith({ some: 'state' }, 'title', '/a');
    });

    it('lets the page have the errors of its history', () => {
      vi.mocked(history.pushState).mockImplementation(() => {
        throw new DOMException('another origin', 'SecurityError');
      });
      const pages = watch();

      expect(() => {
        history.pushState(null, '', 'https://other.example/');
      }).toThrow('another origin');
      expect(pages).toEqual([]);
    });
  });
});
