import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Sporlos } from '../src/sporlos';
import { collector, freshBrowser, snippet } from './browser';

describe('a consent platform', () => {
  freshBrowser();

  /** What the tracker was told. */
  let said: boolean[];
  /** Removes the tracker, which is still to come. */
  const noTracker = () => {
    delete window.sporlos;
  };
  const settled = () => vi.advanceTimersByTimeAsync(0);
  const happens = async (event: string) => {
    dispatchEvent(new Event(event));
    await settled();
  };

  beforeEach(() => {
    said = [];
    window.sporlos = Object.assign((() => undefined) as Sporlos, {
      consent: (given: boolean) => {
        said.push(given);
      },
    });
    snippet();
  });

  describe('is heard', () => {
    const start = async () => {
      const { beacons } = collector();
      const { startTracker } = await import('../src/startTracker');
      startTracker();
      return beacons;
    };

    beforeEach(() => {
      vi.stubGlobal('Cookiebot', { hasResponse: true, consent: { statistics: true } });
    });

    it('before the tracker is there, whose calls are kept as well', async () => {
      noTracker();
      await import('../src/consent/cookiebot');
      window.sporlos?.('Kept');

      expect(await start()).toMatchObject([{ n: 'pageview', c: 1 }, { n: 'Kept' }]);
    });

    it('before the tracker is there, where the page has its own stub', async () => {
      const stub = (() => undefined) as Sporlos;
      stub.consent = (given) => {
        stub.c = given ? 1 : 0;
      };
      window.sporlos = stub;
      await import('../src/consent/cookiebot');

      expect(await start()).toMatchObject([{ n: 'pageview', c: 1 }]);
    });

    it('after the tracker is there', async () => {
      noTracker();
      const beacons = await start();
      await import('../src/consent/cookiebot');

      expect(beacons).toMatchObject([{ n: 'pageview' }, { n: 'engagement', c: 1 }]);
    });
  });

  describe('Cookiebot', () => {
    const cookiebot = (hasResponse: boolean, statistics: boolean, method = 'explicit') => {
      vi.stubGlobal('Cookiebot', { hasResponse, consent: { statistics, method } });
    };
    const load = () => import('../src/consent/cookiebot');

    it('says nothing before it is there, nor before a choice', async () => {
      await load();
      cookiebot(false, false);
      await happens('CookiebotOnConsentReady');

      expect(said).toEqual([]);
    });

    it.each([true, false])('says what was chosen before: %s', async (statistics) => {
      cookiebot(true, statistics);

      await load();

      expect(said).toEqual([statistics]);
    });

    it('says each choice', async () => {
      await load();

      cookiebot(true, true);
      await happens('CookiebotOnAccept');
      cookiebot(true, false);
      await happens('CookiebotOnDecline');

      expect(said).toEqual([true, false]);
    });

    it('says once what it says by several events', async () => {
      cookiebot(true, true);
      await load();

      await happens('CookiebotOnConsentReady');
      await happens('CookiebotOnAccept');

      expect(said).toEqual([true]);
    });

    it('says that a choice was withdrawn, of which no response is left', async () => {
      cookiebot(true, true);
      await load();

      cookiebot(false, false);
      await happens('CookiebotOnDecline');

      expect(said).toEqual([true, false]);
    });

    it('says nothing of what it takes for granted', async () => {
      await load();

      cookiebot(true, true, 'implied');
      await happens('CookiebotOnAccept');

      expect(said).toEqual([]);
    });
  });

  describe('Cookie Information', () => {
    const answers = (given: boolean) => {
      vi.stubGlobal('CookieInformation', {
        getConsentGivenFor: (category: string) => category == 'cookie_cat_statistic' && given,
      });
    };
    const load = () => import('../src/consent/cookieinformation');

    it('says nothing before it is there', async () => {
      await load();
      await happens('CookieInformationConsentGiven');

      expect(said).toEqual([]);
    });

    it('says a consent that stands', async () => {
      answers(true);

      await load();

      expect(said).toEqual([true]);
    });

    it('withdraws nothing while it does not know better', async () => {
      answers(false);

      await load();

      expect(said).toEqual([]);
    });

    it('says each choice', async () => {
      await load();

      answers(true);
      await happens('CookieInformationConsentGiven');
      answers(false);
      await happens('CookieInformationConsentGiven');

      expect(said).toEqual([true, false]);
    });
  });

  describe('Usercentrics, second version,', () => {
    const answers = (status: boolean, ...types: string[]) => {
      vi.stubGlobal('UC_UI', {
        getServicesBaseInfo: () => [
          { name: 'Other', consent: { status: !status, history: [{ type: 'explicit' }] } },
          { name: 'Sporløs', consent: { status, history: types.map((type) => ({ type })) } },
        ],
      });
    };
    const load = async () => {
      await import('../src/consent/usercentrics');
      await settled();
    };

    it('says the choice of its service as it stands, and each change', async () => {
      answers(true, 'implicit', 'explicit');
      await load();
      answers(false, 'implicit', 'explicit', 'explicit');
      await happens('UC_UI_CMP_EVENT');
      answers(true, 'implicit', 'explicit', 'explicit', 'explicit');
      await happens('ucEvent');

      expect(said).toEqual([true, false, true]);
    });

    it.each([true, false])('says nothing of what it takes for granted: %s', async (status) => {
      answers(status, 'implicit');
      await load();

      expect(said).toEqual([]);
    });

    it('is waited for where it is not initialised', async () => {
      vi.stubGlobal('UC_UI', {
        getServicesBaseInfo: () => {
          throw new Error('not initialised');
        },
      });
      await load();
      expect(said).toEqual([]);

      answers(true);
      await happens('UC_UI_INITIALIZED');

      expect(said).toEqual([true]);
    });

    it('says nothing where there is no service of that name', async () => {
      vi.stubGlobal('UC_UI', {
        getServicesBaseInfo: () => [{ name: 'Other', consent: { status: true } }],
      });
      await load();

      expect(said).toEqual([]);
    });
  });

  describe('Usercentrics, third version,', () => {
    const answers = (given: boolean, type: string) => {
      vi.stubGlobal('__ucCmp', {
        getConsentDetails: () =>
          Promise.resolve({
            services: {
              x1: { name: 'Other', consent: { given: !given, type: 'EXPLICIT' } },
              x2: { name: 'Statistik', consent: { given, type } },
            },
          }),
      });
    };
    const load = async () => {
      snippet().dataset.service = 'Statistik';
      // Which is there as well, and must not be asked.
      vi.stubGlobal('UC_UI', { getServicesBaseInfo: () => Promise.resolve([]) });
      await import('../src/consent/usercentrics');
      await settled();
    };

    it('says the choice of the service that the snippet names, and each change', async () => {
      answers(true, 'EXPLICIT');
      await load();
      answers(false, 'EXPLICIT');
      await happens('UC_CONSENT');

      expect(said).toEqual([true, false]);
    });

    it.each([true, false])('says nothing of what it takes for granted: %s', async (given) => {
      answers(given, 'IMPLICIT');
      await load();

      expect(said).toEqual([]);
    });

    it('may fail without the page hearing of it', async () => {
      const rejections: unknown[] = [];
      const remember = (reason: unknown) => rejections.push(reason);
      process.on('unhandledRejection', remember);
      vi.stubGlobal('__ucCmp', { getConsentDetails: () => Promise.reject(new Error('later')) });
      await load();
      vi.useRealTimers();
      await new Promise((resolve) => setImmediate(resolve));
      process.off('unhandledRejection', remember);

      expect(rejections).toEqual([]);
    });
  });

  describe('Google consent mode', () => {
    /** As the page's own `gtag` does: what it pushes are `arguments`. */
    const gtag = function () {
      // eslint-disable-next-line prefer-rest-params -- as Google's snippet has it
      return window.dataLayer?.push(arguments);
    } as (...call: unknown[]) => number | undefined;
    const load = () => import('../src/consent/google');

    beforeEach(() => {
      vi.stubGlobal('dataLayer', []);
    });

    it.each(['denied', 'granted'])('takes a default for no choice: %s', async (storage) => {
      gtag('consent', 'default', { analytics_storage: storage });
      await load();
      gtag('consent', 'default', { analytics_storage: storage, region: ['DK'] });

      expect(said).toEqual([]);
    });

    it('says of what was pushed before it the last choice alone', async () => {
      gtag('consent', 'default', { analytics_storage: 'denied' });
      gtag('consent', 'update', { analytics_storage: 'granted' });
      gtag('consent', 'update', { analytics_storage: 'denied' });
      gtag('consent', 'update', { ad_storage: 'granted' });

      await load();

      expect(said).toEqual([false]);
    });

    it('says each choice that is pushed after it', async () => {
      await load();

      gtag('consent', 'update', { analytics_storage: 'granted' });
      gtag('consent', 'update', { ad_storage: 'denied' });
      gtag('consent', 'update', { analytics_storage: 'denied' });

      expect(said).toEqual([true, false]);
    });

    it('leaves the layer, and what the page is told by it, as they are', async () => {
      const heard: unknown[] = [];
      const layer = window.dataLayer ?? [];
      await load();
      // A tag manager that comes later takes over in the same way.
      const before = layer.push;
      layer.push = (...entries) => {
        heard.push(...entries);
        return before.apply(layer, entries);
      };
      const odd = Object.defineProperty({ length: 1 }, 0, {
        get: () => {
          throw new Error('odd');
        },
      });

      expect(layer.push({ event: 'gtm.js' }, null, 'consent', ['consent'])).toBe(4);
      expect(layer.push(odd)).toBe(5);
      expect(gtag('consent', 'update', { analytics_storage: 'granted' })).toBe(6);

      expect(heard).toHaveLength(6);
      expect(layer).toHaveLength(6);
      expect(said).toEqual([true]);
    });

    it('makes the layer where the page has none yet, for the page to push to', async () => {
      vi.stubGlobal('dataLayer', undefined);
      await load();

      gtag('consent', 'update', { analytics_storage: 'granted' });

      expect(said).toEqual([true]);
    });
  });
});
