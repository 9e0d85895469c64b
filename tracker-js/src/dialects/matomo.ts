import { adopt, count, download, onClick, outbound, start } from './adopt';

/** A call as `_paq` holds it: the name of a method and what it is told. */
type Call = [string, ...unknown[]];

declare global {
  interface Window {
    _paq?: { push: (...calls: Call[]) => unknown };
    Matomo?: object;
  }
}

const calls: Call[] = Array.isArray(window._paq) ? (window._paq as Call[]).slice() : [];
const said = (method: string) => calls.find(([name]) => name == method)?.[1];
const text = (value: unknown) =>
  typeof value == 'string' || typeof value == 'number' ? value.toString() : '';

const site = text(said('setSiteId'));

// The snippet says the site in a call, not on its element.
const script = window.Matomo
  ? undefined
  : adopt(
      () => site && `matomo:${site}`,
      () => text(said('setTrackerUrl')).replace(/\/?(matomo|piwik)\.php$/, '') || '.',
    );

/** Properties of an event that are said. */
const props = (values: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(values)
      .map(([name, value]) => [name, text(value)] as const)
      .filter(([, value]) => value),
  );

/** What is done of what the methods of Matomo's tracker did; all others say what is not kept. */
const methods: Record<string, (...told: unknown[]) => unknown> = {
  trackPageView: start, // once: the tracker sees by itself where the visitor moves
  trackEvent: (category, action, label, value) =>
    action && count(text(action), { props: props({ category, label, value }) }),
  trackGoal: (goal, revenue) => count(`Goal ${text(goal)}`, { props: props({ revenue }) }),
  trackSiteSearch: (keyword, category, results) =>
    count('Site Search', { props: props({ keyword, category, results }) }),
  trackLink: (url, kind) =>
    count(kind == 'download' ? 'File Download' : 'Outbound Link: Click', { props: props({ url }) }),
  trackEcommerceOrder: (_id, revenue) => count('Order', { props: props({ revenue }) }),
  trackEcommerceCartUpdate: (revenue) => count('Cart Update', { props: props({ revenue }) }),
  setConsentGiven: () => window.sporlos?.consent?.(true),
  rememberConsentGiven: () => window.sporlos?.consent?.(true),
  setCookieConsentGiven: () => window.sporlos?.consent?.(true),
  rememberCookieConsentGiven: () => window.sporlos?.consent?.(true),
  forgetConsentGiven: () => window.sporlos?.consent?.(false),
  forgetCookieConsentGiven: () => window.sporlos?.consent?.(false),
  enableLinkTracking: () => {
    onClick((event) => {
      const file = download(event);
      const link = outbound(event);
      if (file ?? link) {
        methods.trackLink?.(file ?? link, file && 'download');
      }
    });
  },
};

if (script) {
  const push = (...pushed: Call[]) => {
    pushed.forEach(([method, ...told]) => methods[method]?.(...told));
  };
  window.Matomo = {};
  window._paq = { push };
  // The page first, whatever the order: an event without one belongs to no visit.
  push(...calls.filter(([method]) => method == 'trackPageView'));
  push(...calls.filter(([method]) => method != 'trackPageView'));
}
