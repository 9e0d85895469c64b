import { loadRest } from './loadRest';
import { moved, turnPage } from './page';
import { type Content, send } from './send';
import { look } from './watchEngagement';

/** A move of the browser to a page, or maybe to the page it was on, and how it says it was made. */
export interface Move {
  navigationType?: unknown;
}

/**
 * Counts the page that the browser has moved to, if it is another one. A replaced entry of the
 * history is none: that is how applications correct an address (`/` to `/en/`) that the visitor never
 * saw. An address by which the visitor chooses whether to be counted (`#sporlos-optout`, …) is served
 * and not counted.
 *
 * @param more what is said of the first page of the document alone
 */
export const move = (event: Move, more?: Content) => {
  // eslint-disable-next-line @typescript-eslint/prefer-string-starts-ends-with -- three bytes more
  if (/^#sporlos-o/.test(location.hash)) {
    loadRest();
  } else if (moved() && event.navigationType != 'replace') {
    // The document still holds the page before: routers change the address first.
    look();
    turnPage();
    send({ n: 'pageview', w: innerWidth, ...more });
  }
};

/**
 * Counts what follows in the same document: when a single-page application adds an entry to the
 * history, or when the visitor goes back or forward to one.
 */
export const watchNavigation = () => {
  if (self.navigation as Navigation | undefined) {
    navigation.addEventListener('currententrychange', move as (event: Event) => void);
  } else {
    loadRest();
  }
};
