import { choose } from './choose';
import { outlive } from './outlive';
import { watchHistory } from './watchHistory';
import type { Move } from './watchNavigation';

let watching = false;

/**
 * Does what few pages need: serves a visitor's choice, and stands in for what older browsers lack,
 * which is the Navigation API, and in the oldest of them requests that outlive the page. Called for
 * each address of choice, and once in such a browser.
 *
 * @param script the snippet
 */
export const run = (script: HTMLScriptElement, move: (event: Move) => unknown) => {
  choose(script);
  if (!watching && !(window.navigation as Navigation | undefined)) {
    watching = true;
    watchHistory(move);
    if (!('keepalive' in Request.prototype)) {
      outlive(script);
    }
  }
};
