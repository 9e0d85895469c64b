import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Beacon } from '../src/beacon';
import { at, collector, freshBrowser, withNavigation } from './browser';

/*
 * The snippets of other products, as their documentation has them, with our script at the address of
 * theirs.
 */

const scripts = {
  plausible: () => import('../src/dialects/plausible'),
  umami: () => import('../src/dialects/umami'),
  matomo: () => import('../src/dialects/matomo'),
  goatcounter: () => import('../src/dialects/goatcounter'),
};

describe('a dialect', () => {
  freshBrowser();

  let beacons: Beacon[];
  let fetching: ReturnType<typeof collector>['fetching'];

  beforeEach(() => {
    ({ beacons, fetching } = collector());
    withNavigation();
    // Nothing here leads anywhere.
    document.addEventListener('click', (event) => {
      event.preventDefault();
    });
  });

  afterEach(() => {
    for (const global of ['plausible', 'umami', '_paq', 'Matomo', 'goatcounter']) {
      Reflect.deleteProperty(window, global);
    }
    document.body.innerHTML = '';
    localStorage.clear();
  });

  /** Runs a script by a snippet that has these attributes. */
  const load = async (
    dialect: keyof typeof scripts,
    src: string,
    data: Record<string, string> = {},
  ) => {
    const script = document.createElement('script');
    script.setAttribute('src', src);
    Object.assign(script.dataset, data);
    vi.spyOn(document, 'currentScript', 'get').mockReturnValue(script);
    await scripts[dialect]();
  };

  /** What was counted: the names, with what is said of an event. */
  const counted = () =>
    beacons.map(({ n, p, $, i }) => [n, ...[p, $, i].filter((said) => said !== undefined)]);
  const sites = () => [...new Set(beacons.map(({ d }) => d))];
  const endpoints = () => [...new Set(fetching.mock.calls.map(([url]) => String(url)))];

  /** Puts something into the page and clicks on it, with the first button unless another is named. */
  const click = (html: string, type = 'click', button = 0) => {
    document.body.innerHTML = html;
    document.body.firstElementChild?.dispatchEvent(
      new MouseEvent(type, { bubbles: true, cancelable: true, button }),
    );
  };

  describe('of Plausible', () => {
    const older = 'https://stats.example/js/script.js';
    const extended =
      'https://stats.example/js/script.tagged-events.outbound-links.file-downloads.js';

    it('counts the page for the site that the snippet names', async () => {
      await load('plausible', older, { domain: 'example.com,rollup.example' });

      expect(counted()).toEqual([['pageview']]);
      expect(sites()).toEqual(['plausible:example.com']);
      expect(endpoints()).toEqual(['https://stats.example/b']);
    });

    it('takes the host of the page where the newer snippet names no site', async () => {
      await load('plausible', 'https://stats.example/js/pa-Xy1.js');

      expect(sites()).toEqual(['plausible:example.com']);
    });

    it.each(['https://example.com/stats/api/event', 'https://example.com/stats/event'])(
      'reports beside %s',
      async (api) => {
        await load('plausible', older, { domain: 'example.com', api });

        expect(endpoints()).toEqual(['https://example.com/stats/b']);
      },
    );

    it('counts events with what is said of them, and calls back', async () => {
      await load('plausible', older, { domain: 'example.com' });
      const callback = vi.fn();

      window.plausible?.('Order', {
        props: { plan: 'pro', nested: {} },
        revenue: { amount: 9.5, currency: 'DKK' },
        interactive: false,
        callback,
      });
      window.plausible?.('pageview');

      expect(counted()).toEqual([
        ['pageview'],
        ['Order', { plan: 'pro' }, { amount: 9.5, currency: 'DKK' }, false],
      ]);
      expect(callback).toHaveBeenCalledExactlyOnceWith({ status: 202 });
    });

    it('counts what its stub has kept, after the page', async () => {
      window.plausible = Object.assign(() => undefined, { q: [['Early']] as [string][] });

      await load('plausible', older, { domain: 'example.com' });

      expect(counted()).toEqual([['pageview'], ['Early', {}]]);
    });

    it.each([
      ['its name says so', 'https://stats.example/js/script.manual.js', undefined],
      ['its stub was told so', older, { autoCapturePageviews: false }],
    ])('waits for the page to be named where %s', async (_, src, told) => {
      if (told) {
        window.plausible = Object.assign(() => undefined, { o: told });
      }
      await load('plausible', src, { domain: 'example.com' });
      expect(counted()).toEqual([]);

      window.plausible?.('pageview');

      expect(counted()).toEqual([['pageview']]);
    });

    it.each([
      [
        '<button class="plausible-event-name=Sign+Up plausible-event-plan--Pro">',
        ['Sign Up', { plan: 'Pro' }],
      ],
      [
        '<a href="https://other.example/x">',
        ['Outbound Link: Click', { url: 'https://other.example/x' }],
      ],
      [
        '<a href="https://example.com/a.pdf?v=1">',
        ['File Download', { url: 'https://example.com/a.pdf' }],
      ],
    ])('counts a click on %s where its name asks for it', async (html, event) => {
      await load('plausible', extended, { domain: 'example.com' });
      click(html);

      expect(counted()).toEqual([['pageview'], event]);
    });

    it('counts no click that its name does not ask for, and none of the third button', async () => {
      await load('plausible', older, { domain: 'example.com' });
      click('<a href="https://other.example/x.pdf" class="plausible-event-name=Sign+Up">');
      expect(counted()).toEqual([['pageview']]);
    });

    it('counts no click of the third button, and none within the website', async () => {
      await load('plausible', extended, { domain: 'example.com' });
      click('<a href="https://other.example/x">', 'auxclick', 2);
      click('<a href="https://example.com/x">');
      click('<a href="https://other.example/x">', 'auxclick', 1);

      expect(counted()).toHaveLength(2);
    });

    it('leaves alone a page that has run it already', async () => {
      const before = Object.assign(() => undefined, { l: true });
      window.plausible = before;

      await load('plausible', older, { domain: 'example.com' });

      expect(window.plausible).toBe(before);
      expect(counted()).toEqual([]);
    });
  });

  describe('of Umami', () => {
    const src = 'https://stats.example/script.js';
    const websiteId = 'B59E9C65-ae32-47f1-8400-119fcf4861c4';

    it('counts the page for the website that the snippet names', async () => {
      await load('umami', src, { websiteId });

      expect(counted()).toEqual([['pageview']]);
      expect(sites()).toEqual([`umami:${websiteId.toLowerCase()}`]);
      expect(endpoints()).toEqual(['https://stats.example/b']);
    });

    it('reports to the host that the snippet names', async () => {
      await load('umami', src, { websiteId, hostUrl: 'https://example.com/stats/' });

      expect(endpoints()).toEqual(['https://example.com/stats/b']);
    });

    it('counts events, however they are told', async () => {
      await load('umami', src, { websiteId });

      window.umami?.track('Signup', { plan: 'pro' });
      window.umami?.track({ name: 'Order', data: { items: 2 } });
      window.umami?.track((payload) => ({ ...payload, name: 'Made' }));
      window.umami?.track();
      window.umami?.identify('eve@example.org');

      expect(counted()).toEqual([
        ['pageview'],
        ['Signup', { plan: 'pro' }],
        ['Order', { items: 2 }],
        ['Made', {}],
      ]);
    });

    it('counts clicks on what names an event', async () => {
      await load('umami', src, { websiteId });

      click('<button data-umami-event="Sign up" data-umami-event-plan="Pro">');
      click('<button data-umami-event-plan="Pro">');

      expect(counted()).toEqual([['pageview'], ['Sign up', { plan: 'Pro' }]]);
    });

    it.each<[string, Record<string, string>, number]>([
      ['on a domain of its list', { domains: 'other.example, example.com' }, 1],
      ['on another domain', { domains: 'other.example' }, 0],
      ['where it is told to wait', { autoTrack: 'false' }, 0],
      ['where it says no website', { websiteId: '' }, 0],
    ])('counts the page %s: %j, %i', async (_, said, views) => {
      await load('umami', src, { websiteId, ...said });

      expect(counted()).toHaveLength(views);
    });

    it('counts nothing where somebody has turned it off', async () => {
      localStorage.setItem('umami.disabled', '1');

      await load('umami', src, { websiteId });

      expect(counted()).toEqual([]);
    });
  });

  describe('of Matomo', () => {
    const src = 'https://stats.example/matomo.js';
    type Calls = [string, ...unknown[]][];

    const snippet = async (...calls: Calls) => {
      window._paq = calls;
      await load('matomo', src);
    };
    const site: Calls[number] = ['setSiteId', '3'];

    it('counts the page first, for the site that a call names', async () => {
      await snippet(['trackEvent', 'Video', 'Play', 'Intro', 3], ['trackPageView'], site, [
        'setTrackerUrl',
        'https://example.com/stats/matomo.php',
      ]);

      expect(counted()).toEqual([
        ['pageview'],
        ['Play', { category: 'Video', label: 'Intro', value: '3' }],
      ]);
      expect(sites()).toEqual(['matomo:3']);
      expect(endpoints()).toEqual(['https://example.com/stats/b']);
    });

    it.each<[Calls[number], unknown[]]>([
      [
        ['trackGoal', 7, 9.5],
        ['Goal 7', { revenue: '9.5' }],
      ],
      [
        ['trackSiteSearch', 'shoes', 'all', 12],
        ['Site Search', { keyword: 'shoes', category: 'all', results: '12' }],
      ],
      [
        ['trackLink', 'https://other.example/', 'link'],
        ['Outbound Link: Click', { url: 'https://other.example/' }],
      ],
      [
        ['trackEcommerceOrder', 'order-1', 99],
        ['Order', { revenue: '99' }],
      ],
    ])('counts %j', async (call, event) => {
      await snippet(site, ['trackPageView']);

      window._paq?.push(call);

      expect(counted()).toEqual([['pageview'], event]);
    });

    it('passes over what it does not keep, and a page that is told twice', async () => {
      await snippet(site, ['trackPageView']);

      window._paq?.push(['setUserId', 'eve@example.org'], ['trackPageView'], ['trackEvent', 'x']);

      expect(counted()).toEqual([['pageview']]);
    });

    it('tells consent once, though Matomo has two methods for it', async () => {
      await snippet(site, ['trackPageView']);

      window._paq?.push(['setConsentGiven'], ['rememberConsentGiven']);
      window._paq?.push(['forgetConsentGiven']);

      expect(beacons.slice(1).map(({ c }) => c)).toEqual([1, 0]);
    });

    it('counts clicks on links once it is told to', async () => {
      await snippet(site, ['trackPageView']);
      click('<a href="https://other.example/x">');
      expect(counted()).toHaveLength(1);

      window._paq?.push(['enableLinkTracking']);
      click('<a href="https://example.com/a.zip">');

      expect(counted().at(-1)).toEqual(['File Download', { url: 'https://example.com/a.zip' }]);
    });

    it('does nothing where no call names a site, or Matomo is there already', async () => {
      await snippet(['trackPageView']);
      window.Matomo = {};
      vi.resetModules();
      await snippet(site, ['trackPageView']);

      expect(counted()).toEqual([]);
    });
  });

  describe('of GoatCounter', () => {
    const src = 'https://gc.example/count.js';
    const goatcounter = 'https://code.example.com/count';

    it('counts the page for the site whose host the snippet names', async () => {
      await load('goatcounter', src, { goatcounter });

      expect(counted()).toEqual([['pageview']]);
      expect(sites()).toEqual(['goatcounter:code.example.com']);
      expect(endpoints()).toEqual(['https://code.example.com/b']);
    });

    it('takes the site from the query where that names one', async () => {
      await load('goatcounter', src, { goatcounter: '/stats/count?site=example.org' });

      expect(sites()).toEqual(['goatcounter:example.org']);
    });

    it('counts events, and clicks on what names one', async () => {
      await load('goatcounter', src, { goatcounter });

      window.goatcounter?.count?.({ path: 'signup', event: true });
      window.goatcounter?.count?.({ path: (path) => `on ${path}`, event: true });
      window.goatcounter?.count?.();
      click('<button data-goatcounter-click="buy">');
      click('<button data-goatcounter-click="" id="by-id">');

      expect(counted().map(([name]) => name)).toEqual([
        'pageview',
        'signup',
        'on /',
        'buy',
        'by-id',
      ]);
    });

    it.each(['global', 'attribute'])('waits where its settings say so: %s', async (where) => {
      const settings = { no_onload: true, no_events: true };
      if (where == 'global') {
        window.goatcounter = settings;
      }
      await load('goatcounter', src, {
        goatcounter,
        ...(where == 'attribute' && { goatcounterSettings: JSON.stringify(settings) }),
      });
      expect(counted()).toEqual([]);

      window.goatcounter?.count?.();
      click('<button data-goatcounter-click="buy">');

      expect(counted()).toEqual([['pageview']]);
    });

    it('counts nothing for who has chosen not to be counted', async () => {
      localStorage.setItem('skipgc', 't');

      await load('goatcounter', src, { goatcounter });
      window.goatcounter?.count?.({ path: 'signup', event: true });

      expect(counted()).toEqual([]);
      expect(window.goatcounter?.filter?.()).toBe('localStorage');
    });
  });

  it('reports to the name that the snippet says its site has chosen', async () => {
    const { endpoint } = await endpointOf({ beacon: 'hits' });
    expect(endpoint).toBe('hits');
  });

  it('reports as usual where the snippet says no name', async () => {
    const { endpoint } = await endpointOf({});
    expect(endpoint).toBe('b');
  });

  const endpointOf = async (data: Record<string, string>) => {
    const script = document.createElement('script');
    Object.assign(script.dataset, data);
    vi.spyOn(document, 'currentScript', 'get').mockReturnValue(script);
    return import('../src/dialects/endpoint');
  };

  it.each(Object.keys(scripts) as (keyof typeof scripts)[])(
    'of %s does nothing where a page runs it as a module',
    async (dialect) => {
      at('https://example.com/');
      const calls: [string, ...unknown[]][] = [['setSiteId', '3'], ['trackPageView']];
      window._paq = calls;

      await scripts[dialect]();

      expect(counted()).toEqual([]);
    },
  );
});
