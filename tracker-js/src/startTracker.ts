import type { Beacon } from './beacon';
import { pageAddress } from './pageAddress';
import { referrer } from './referrer';
import { script } from './script';
import { send, type Content } from './send';
import type { Sporlos } from './sporlos';
import { version } from './version';
import { watchEngagement } from './watchEngagement';
import { watchNavigation } from './watchNavigation';

/**
 * Counts this page and those that follow it in the same document, and takes over `window.sporlos`
 * with the calls that its stub has kept.
 */
export const startTracker = () => {
  const stub: Partial<Sporlos> = window.sporlos || {};
  if (stub.v) {
    return; // the snippet is in the page twice
  }

  // What the page says of consent before the tracker is there: in the snippet, where any word but
  // "true" is no consent, or later by the stub.
  const said = script.dataset.consent;
  let { c = (said ? +(said == 'true') : undefined) as Beacon['c'] } = stub;
  let last: typeof c;
  let page: string;
  // Consent is told once: told with every beacon it would take back what was withdrawn meanwhile in
  // another tab. A withdrawal is told with every beacon.
  const tell = (n: string, content: Content) => {
    send({ n, u: page, c, ...content });
    last = c;
    c = c && undefined;
  };
  const engaged = (engagement: Content) => tell('engagement', engagement);
  const turnPage = watchEngagement(engaged);
  const view = (from?: string) => {
    turnPage();
    page = pageAddress();
    tell('pageview', { r: from, w: innerWidth });
  };
  const sporlos: Sporlos = (name, options = {}) =>
    tell(name, { p: options.props, $: options.revenue, i: options.interactive });

  // Said at once, so that the server gives or takes the cookie while the page is open.
  // Not twice in a row, but again once something else was told: it may have been withdrawn since.
  sporlos.consent = (given) => last != (given ? 1 : 0) && engaged({ e: 0, c: (c = given ? 1 : 0) });

  view(referrer);
  watchNavigation(view);
  // Shown again from the back/forward cache.
  addEventListener('pageshow', (event) => event.persisted && view());

  sporlos.v = version;
  window.sporlos = sporlos;
  (stub.q || []).map((call) => sporlos(...call));
};
