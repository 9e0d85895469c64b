import { forgetPage } from './page';
import { send } from './send';
import { type Move, move } from './watchNavigation';

/** How often a page that is being read reports: well within the 30 minutes that end a visit. */
const interval = 300_000;

/** Milliseconds since the last report for which the page was visible and focused. */
let engaged: number;

/** When the clock was last looked at; false while it stands. */
let since: number | false;

/**
 * Deepest point seen, in pixels, which becomes a percentage only when it is reported: a page grows
 * while its images load.
 */
let deepest: number;

/**
 * Adds up what was seen until now. Once the page is hidden that is reported, unless it was a glance of
 * less than a second, and begins anew; of a page that reports several times the server keeps the deepest
 * point.
 *
 * @param event what has happened; none if the page is to report however things stand
 */
export const look = (event?: Event) => {
  const now = performance.now();
  engaged += now - (since || now);
  since = document.hasFocus() && !document.hidden && now;
  deepest = Math.max(deepest, scrollY + innerHeight);
  if (document.hidden || !event) {
    if (engaged >= 1000) {
      send({
        n: 'engagement',
        // What is longer than the interval is a computer that slept, and the server cuts it.
        e: engaged | 0,
        // By 101, since browsers stop some of a pixel before the end. What is more than 100, as where
        // the page is shorter than the window, is 100 to the server.
        sd: ((deepest / document.documentElement.scrollHeight) * 101) | 0,
      });
    }
    engaged = deepest = 0;
  }
  // A page that is shown again from the back/forward cache is viewed again.
  if ((event as PageTransitionEvent | undefined)?.persisted) {
    forgetPage();
    move(event as Move);
  }
};

/**
 * Watches how long the page is visible and focused and how far down it was seen, and reports it when
 * the page is hidden or left and every few minutes in between, if that is a second at least.
 */
export const watchEngagement = () => {
  ['scroll', 'focus', 'blur', 'visibilitychange', 'pageshow'].map((type) =>
    addEventListener(type, look),
  );
  setInterval(look, interval);
};
