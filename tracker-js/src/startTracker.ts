import { referrer } from './referrer';
import { settings } from './script';
import { consent, send } from './send';
import type { Sporlos } from './sporlos';
import { version } from './version';
import { watchEngagement } from './watchEngagement';
import { move, watchNavigation } from './watchNavigation';

/**
 * Counts this page and those that follow it in the same document, and takes over `window.sporlos`
 * with the calls that its stub has kept.
 */
export const startTracker = () => {
  const stub = self.sporlos;
  // The snippet may be in the page twice.
  if (!stub?.v) {
    const sporlos: Sporlos = (self.sporlos = (name, options) =>
      send({ n: name, p: options?.props, $: options?.revenue, i: options?.interactive }));
    sporlos.v = version;
    // Said at once, so that the server gives or takes the cookie while the page is open; and only if it
    // is news, since platforms say one choice by several events.
    sporlos.consent = (given: boolean | 0 | 1) =>
      consent != (given = +!!given as 0 | 1) && send({ n: 'engagement', e: 0, c: given });

    move(
      {},
      {
        r: referrer(),
        // What the page says of consent before the tracker is there: in the snippet, where any word but
        // "true" is no consent, or later by the stub.
        c: stub?.c ?? (settings.consent ? (+(settings.consent == 'true') as 0 | 1) : undefined),
      },
    );
    watchEngagement();
    watchNavigation();
    stub?.q?.map((call) => sporlos(...call));
  }
};
