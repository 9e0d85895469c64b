/** How often a page that is being read reports: well within the 30 minutes that end a visit. */
const interval = 300_000;

/** What is reported of a page. */
export interface Engagement {
  /**
   * Milliseconds since the last report for which the page was visible and focused. What is longer
   * than the interval is a computer that slept, and the server cuts it.
   */
  e: number;
  /** Deepest point seen, in percent; more than 100 where the page is shorter than the window. */
  sd: number;
}

/**
 * Watches how long the page is visible and focused and how far down it was seen, and reports it when
 * the page is hidden or left and every few minutes in between, if that is a second at least or
 * deeper than before.
 *
 * @returns turns the page: reports what is due for the old one and starts on the next
 */
export const watchEngagement = (report: (engagement: Engagement) => void): (() => void) => {
  /*
   * Depth is kept in pixels and becomes a percentage only when it is reported, since a page grows
   * while its images load. When a single-page application navigates, the document still holds the
   * old page: routers change the address first.
   */
  let engaged = 0;
  let since = 0; // 0 while the clock stands
  let deepest: number;
  let reported: number;

  const settle = (event?: Event) => {
    const now = performance.now() + 1; // never 0
    // A page on its way into the back/forward cache is still visible when it is told to hide.
    const gone = event && (document.hidden || event.type == 'pagehide');
    if (since) {
      engaged += now - since;
    }
    since = gone || !document.hasFocus() ? 0 : now;
    deepest = Math.max(deepest, scrollY + innerHeight);
    if ((gone || !event) && (engaged >= 1000 || deepest > reported)) {
      report({
        e: engaged | 0,
        sd: ((deepest / document.documentElement.scrollHeight) * 100 + 0.5) | 0,
      });
      engaged = 0;
      reported = deepest;
    }
  };

  ['focus', 'blur', 'visibilitychange', 'pagehide', 'scroll'].map((type) =>
    addEventListener(type, settle),
  );
  setInterval(settle, interval);

  return () => {
    settle();
    engaged = 0;
    deepest = reported = innerHeight;
  };
};
