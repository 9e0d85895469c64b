import { Umami } from '@umami/node';
import MatomoTracker from 'matomo-tracker';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { agent } from '../support/chromium';
import { type Publishing, startPublishing } from '../support/packages';
import { type Sporlos, startSporlos } from '../support/sporlos';
import { expect, test as base } from '../support/test';

/*
 * Trackers that were written for other servers, as they are published on npm, and the snippets of
 * their products with nothing but the host changed, report to the real one; the query API says what
 * has arrived.
 */

const uuid = 'b59e9c65-ae32-47f1-8400-119fcf4861c4';

interface Answer {
  results: { dimensions: string[]; metrics: number[] }[];
}

/** A site that takes a dialect, and its figures. */
interface Moved {
  /** Numbers by page, or by event. */
  by: (dimension: string, metric?: string) => Promise<Record<string, number>>;
}

const test = base.extend<
  object,
  {
    sporlos: Sporlos;
    publishing: Publishing;
    secret: string;
    move: (domain: string, said: object) => Promise<Moved>;
  }
>({
  sporlos: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the parameter's text
    async ({}, use) => {
      const data = await mkdtemp(join(tmpdir(), 'sporlos-dialects-'));
      const sporlos = await startSporlos(data);
      await use(sporlos);
      await sporlos.stop();
      await rm(data, { recursive: true });
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  publishing: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the parameter's text
    async ({}, use) => {
      const publishing = await startPublishing();
      await use(publishing);
      await publishing.stop();
    },
    { scope: 'worker' },
  ],
  secret: [
    async ({ sporlos }, use) => {
      const made = await sporlos.command(
        ...['token', 'create', '--all-sites', '--scope', 'sites,stats,send'],
      );
      await use(made.trim());
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  move: [
    async ({ sporlos, secret }, use) => {
      const ask = async (method: string, path: string, body: object) => {
        const answer = await fetch(sporlos.origin + path, {
          method,
          headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
        expect(answer.status, await answer.clone().text()).toBe(200);
        return answer;
      };
      await use(async (domain, said) => {
        const site = `/api/v1/sites/${domain}`;
        await ask('POST', '/api/v1/sites', { domain, timezone: 'UTC' });
        await ask('PUT', site, said);
        // The pages of these tests are on this machine.
        await ask('PUT', `${site}/settings`, { settings: { localhost: 'on' } });
        return {
          by: async (dimension, metric = 'events') => {
            const answer = await ask('POST', '/api/v2/query', {
              site_id: domain,
              date_range: '7d',
              metrics: [metric],
              dimensions: [dimension],
            });
            const { results } = (await answer.json()) as Answer;
            const figures: Record<string, number> = {};
            for (const { dimensions, metrics } of results) {
              figures[dimensions[0] ?? ''] = metrics[0] ?? 0;
            }
            return figures;
          },
        };
      });
    },
    { scope: 'worker' },
  ],
});

test.setTimeout(120_000);

test('@plausible-analytics/tracker', async ({ page, sporlos, publishing, move }) => {
  const site = await move('official.example', { dialects: ['plausible'] });

  await page.goto(
    publishing.page(`<script type="module">
      import { init, track } from '/packages/@plausible-analytics/tracker/plausible.js';
      init({ domain: 'official.example', endpoint: '${sporlos.origin}/api/event', captureOnLocalhost: true });
      track('Sign up', { props: { plan: 'pro' }, callback: () => { document.title = 'told'; } });
      history.pushState({}, '', '/second');
    </script>`),
  );
  await expect(page).toHaveTitle('told');

  await expect.poll(() => site.by('event:name')).toEqual({ pageview: 2, 'Sign up': 1 });
  expect(await site.by('event:page', 'pageviews')).toEqual({ '/': 1, '/second': 1 });
  expect(await site.by('event:props:plan')).toMatchObject({ pro: 1 });
});

test('plausible-tracker', async ({ page, sporlos, publishing, move }) => {
  const site = await move('older.example', { dialects: ['plausible'] });

  await page.goto(
    publishing.page(`<script type="module">
      import Plausible from '/packages/plausible-tracker/build/module/index.js';
      const { trackPageview, trackEvent } = Plausible({
        domain: 'older.example', apiHost: '${sporlos.origin}', trackLocalhost: true,
      });
      trackPageview({}, { callback: () => trackEvent('Order', { props: { method: 'card' } }) });
    </script>`),
  );

  await expect.poll(() => site.by('event:name')).toEqual({ pageview: 1, Order: 1 });
  expect(await site.by('event:props:method')).toMatchObject({ card: 1 });
});

test('@umami/node', async ({ sporlos, move }) => {
  const site = await move('node.example', { dialects: ['umami'], umami_id: uuid });

  const umami = new Umami({ websiteId: uuid, hostUrl: sporlos.origin });
  const seen = await umami.track({ url: '/prices', hostname: 'node.example' });
  const done = await umami.track('signup', { plan: 'pro' });

  expect([seen.status, done.status]).toEqual([200, 200]);
  await expect.poll(() => site.by('event:name')).toEqual({ pageview: 1, signup: 1 });
  expect(await site.by('event:page', 'pageviews')).toEqual({ '/prices': 1 });
});

test('matomo-tracker', async ({ sporlos, move, secret }) => {
  const site = await move('server.example', { dialects: ['matomo'], matomo_id: 5 });
  const faults: unknown[] = [];
  const tracker = new MatomoTracker(5, `${sporlos.origin}/matomo.php`);
  tracker.on('error', (fault) => faults.push(fault));
  const visitor = (address: string) => ({ token_auth: secret, cip: address, ua: agent });

  tracker.track({ url: 'https://server.example/', ...visitor('192.0.2.7') });
  const report = await new Promise<string>((resolve) => {
    tracker.trackBulk(
      [
        { url: 'https://server.example/prices', ...visitor('192.0.2.7') },
        { url: 'https://server.example/', e_c: 'Cart', e_a: 'Buy', ...visitor('198.51.100.7') },
      ],
      resolve,
    );
  });

  expect(JSON.parse(report)).toMatchObject({ status: 'success', tracked: 2, invalid: 0 });
  await expect.poll(() => site.by('event:name')).toEqual({ pageview: 2, Buy: 1 });
  expect(await site.by('visit:browser', 'visitors')).toEqual({ Chrome: 2 });
  expect(faults).toEqual([]);
});

test('@datapunt/matomo-tracker-js', async ({ page, sporlos, publishing, move }) => {
  const site = await move('wrapped.example', { dialects: ['matomo'], matomo_id: 6 });

  await page.goto(
    publishing.page(`<script type="module">
      import MatomoTracker from '/packages/@datapunt/matomo-tracker-js/es/index.js';
      const tracker = new MatomoTracker({ urlBase: '${sporlos.origin}/', siteId: 6 });
      tracker.trackPageView();
      tracker.trackEvent({ category: 'Video', action: 'Play' });
    </script>`),
  );

  await expect.poll(() => site.by('event:name')).toEqual({ pageview: 1, Play: 1 });
  expect(await site.by('event:props:category')).toMatchObject({ Video: 1 });
});

test('the snippet of Plausible', async ({ page, sporlos, publishing, move }) => {
  const site = await move('snippet.example', { dialects: ['plausible'] });

  await page.goto(
    publishing.page(`
      <script>window.plausible = window.plausible || function () { (plausible.q = plausible.q || []).push(arguments) }</script>
      <script defer data-domain="snippet.example"
        src="${sporlos.origin}/js/script.tagged-events.outbound-links.js"></script>
      <button class="plausible-event-name=Sign+Up plausible-event-plan=Pro">Sign up</button>
      <script>plausible('Early', { props: { plan: 'free' } })</script>`),
  );
  await page.getByRole('button').click();

  await expect.poll(() => site.by('event:name')).toEqual({ pageview: 1, Early: 1, 'Sign Up': 1 });
  expect(await site.by('event:props:plan')).toMatchObject({ Pro: 1, free: 1 });
});

test('the snippet of Umami', async ({ page, sporlos, publishing, move }) => {
  const id = uuid.replace('b59e', 'c59e');
  const site = await move('u.example', { dialects: ['umami'], umami_id: id });

  await page.goto(
    publishing.page(`
      <script defer src="${sporlos.origin}/script.js" data-website-id="${id}"></script>
      <button data-umami-event="Sign up" data-umami-event-plan="Pro"
        onclick="umami.track('Pressed', { times: 1 })">Sign up</button>`),
  );
  await page.getByRole('button').click();

  await expect.poll(() => site.by('event:name')).toEqual({ pageview: 1, 'Sign up': 1, Pressed: 1 });
  expect(await site.by('event:props:plan')).toMatchObject({ Pro: 1 });
});

test('the snippet of Matomo', async ({ page, sporlos, publishing, move }) => {
  const site = await move('m.example', { dialects: ['matomo'], matomo_id: 7 });

  await page.goto(
    publishing.page(`<script>
      var _paq = window._paq = window._paq || [];
      _paq.push(['trackPageView']);
      _paq.push(['enableLinkTracking']);
      (function () {
        var u = '${sporlos.origin}/';
        _paq.push(['setTrackerUrl', u + 'matomo.php']);
        _paq.push(['setSiteId', '7']);
        var d = document, g = d.createElement('script'), s = d.getElementsByTagName('script')[0];
        g.async = true; g.src = u + 'matomo.js'; s.parentNode.insertBefore(g, s);
      })();
      addEventListener('load', () => _paq.push(['trackEvent', 'Video', 'Play', 'Intro', 3]));
    </script>`),
  );

  await expect.poll(() => site.by('event:name')).toEqual({ pageview: 1, Play: 1 });
  expect(await site.by('event:props:label')).toMatchObject({ Intro: 1 });
});

test('the snippet of GoatCounter', async ({ page, sporlos, publishing, move }) => {
  const site = await move('g.example', {
    dialects: ['goatcounter'],
    goatcounter_host: new URL(sporlos.origin).hostname,
  });

  await page.goto(
    publishing.page(`
      <script data-goatcounter="${sporlos.origin}/count" async src="${sporlos.origin}/count.js"></script>
      <button data-goatcounter-click="signup">Sign up</button>`),
  );
  await expect.poll(() => site.by('event:name')).toEqual({ pageview: 1 });
  await page.getByRole('button').click();

  await expect.poll(() => site.by('event:name')).toEqual({ pageview: 1, signup: 1 });
});
