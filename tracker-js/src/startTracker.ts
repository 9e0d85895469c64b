import { pageAddress } from './pageAddress';
import { referrer } from './referrer';
import { send } from './send';
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

  let page: string;
  const turnPage = watchEngagement((engagement) => send(page, 'engagement', engagement));
  const view = (from?: string) => {
    turnPage();
    page = pageAddress();
    send(page, 'pageview', { r: from, w: innerWidth });
  };
  const sporlos: Sporlos = (name, options = {}) =>
    send(page, name, { p: options.props, $: options.revenue, i: options.interactive });

  view(referrer);
  watchNavigation(view);
  // Shown again from the back/forward cache.
  addEventListener('pageshow', (event) => event.persisted && view());

  sporlos.v = version;
  window.sporlos = sporlos;
  (stub.q || []).map((call) => sporlos(...call));
};
