import { describe, expect, it, vi } from 'vitest';
import type { Sporlos } from '../src/sporlos';
import { collector, freshBrowser, snippet } from './browser';

describe('consent', () => {
  freshBrowser();

  const start = async (attribute?: string) => {
    const script = snippet();
    if (attribute !== undefined) {
      script.dataset.consent = attribute;
    }
    const { beacons } = collector();
    const { startTracker } = await import('../src/startTracker');
    startTracker();
    return beacons;
  };

  it('is not spoken of before anybody does', async () => {
    const beacons = await start();

    expect(beacons[0]).not.toHaveProperty('c');
  });

  it.each([
    [true, 1],
    [false, 0],
  ])('is told at once, and with all that follows: %s', async (given, c) => {
    const beacons = await start();

    window.sporlos?.consent?.(given);
    window.sporlos?.('Signup');

    expect(beacons.slice(1)).toMatchObject([
      { n: 'engagement', e: 0, c },
      { n: 'Signup', c },
    ]);
  });

  it('is told once, however often it is said', async () => {
    const beacons = await start();

    for (let call = 0; call < 1_000; call++) {
      window.sporlos?.consent?.(true);
    }

    expect(beacons).toHaveLength(2);
  });

  it('is withdrawn as it was given', async () => {
    const beacons = await start();

    window.sporlos?.consent?.(true);
    window.sporlos?.consent?.(false);
    window.sporlos?.consent?.(true);

    expect(beacons.slice(1).map(({ c }) => c)).toEqual([1, 0, 1]);
  });

  it.each([
    ['', 1],
    ['true', 1],
    ['1', 1],
    ['false', 0],
    ['0', 0],
  ])('stands in the snippet as data-consent="%s"', async (attribute, c) => {
    const beacons = await start(attribute);

    expect(beacons).toMatchObject([{ n: 'pageview', c }]);
  });

  it.each([0, 1] as const)('was told to the stub: %s', async (c) => {
    window.sporlos = Object.assign((() => undefined) as Sporlos, { c });

    expect(await start()).toMatchObject([{ n: 'pageview', c }]);
  });

  describe('platforms', () => {
    const told = () => {
      const said: boolean[] = [];
      window.sporlos = Object.assign((() => undefined) as Sporlos, {
        consent: (given: boolean) => {
          said.push(given);
        },
      });
      return said;
    };

    it('are heard before the tracker is there', async () => {
      vi.stubGlobal('Cookiebot', { hasResponse: true, consent: { statistics: true } });
      await import('../src/consent/cookiebot');

      expect(window.sporlos?.c).toBe(1);
      window.sporlos?.('Kept');
      const beacons = await start();
      expect(beacons).toMatchObject([
        { n: 'pageview', c: 1 },
        { n: 'Kept', c: 1 },
      ]);
    });

    it('Cookiebot: says nothing before a choice, then each choice', async () => {
      const said = told();
      const cookiebot = { hasResponse: false, consent: { statistics: false } };
      vi.stubGlobal('Cookiebot', cookiebot);
      await import('../src/consent/cookiebot');
      dispatchEvent(new Event('CookiebotOnConsentReady'));
      expect(said).toEqual([]);

      Object.assign(cookiebot, { hasResponse: true, consent: { statistics: true } });
      dispatchEvent(new Event('CookiebotOnAccept'));
      cookiebot.consent.statistics = false;
      dispatchEvent(new Event('CookiebotOnDecline'));

      expect(said).toEqual([true, false]);
    });

    it('Cookie Information: says the category of statistics', async () => {
      const said = told();
      await import('../src/consent/cookieinformation');
      expect(said).toEqual([]);

      let given = true;
      vi.stubGlobal('CookieInformation', {
        getConsentGivenFor: (category: string) => category == 'cookie_cat_statistic' && given,
      });
      dispatchEvent(new Event('CookieInformationConsentGiven'));
      given = false;
      dispatchEvent(new Event('CookieInformationConsentGiven'));

      expect(said).toEqual([true, false]);
    });

    it('Usercentrics, second version: says the service', async () => {
      const said = told();
      snippet();
      let status = true;
      vi.stubGlobal('UC_UI', {
        getServicesBaseInfo: () => [
          { name: 'Other', consent: { status: !status } },
          { name: 'Sporløs', consent: { status } },
        ],
      });
      await import('../src/consent/usercentrics');
      status = false;
      dispatchEvent(new Event('UC_UI_CMP_EVENT'));

      expect(said).toEqual([true, false]);
    });

    it('Usercentrics, third version: says the service that the snippet names', async () => {
      const said = told();
      snippet().dataset.service = 'Statistik';
      vi.stubGlobal('__ucCmp', {
        getConsentDetails: () =>
          Promise.resolve({ services: { x1: { name: 'Statistik', consent: { given: true } } } }),
      });
      await import('../src/consent/usercentrics');
      await vi.advanceTimersByTimeAsync(0);

      expect(said).toEqual([true]);
    });

    it('Google: says what was pushed before and after, and leaves the layer as it is', async () => {
      const said = told();
      const layer: unknown[] = [
        ['consent', 'default', { analytics_storage: 'denied' }],
        { event: 'gtm.js' },
        null,
      ];
      vi.stubGlobal('dataLayer', layer);
      await import('../src/consent/google');

      const length = layer.push(
        ['consent', 'update', { ad_storage: 'granted' }],
        ['consent', 'update', { analytics_storage: 'granted' }],
        ['consent'],
      );

      expect(said).toEqual([false, true]);
      expect(length).toBe(6);
      expect(layer).toHaveLength(6);
    });
  });
});
