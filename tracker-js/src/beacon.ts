// Generated from contract/beacon.schema.json by `npm run generate`.

/**
 * What a tracker sends to POST /b as JSON, and to GET /b.gif as query parameters of the same names. Keys that are not named here are ignored.
 */
export interface Beacon {
  /**
   * Site, as the snippet's data-site names it.
   */
  d: string;
  /**
   * Name of what happened: pageview, engagement, vitals, or any other name for a custom event.
   */
  n?: string;
  /**
   * Address of the page, absolute, http or https. The tracker sends origin, path and campaign parameters only.
   */
  u: string;
  /**
   * Address of the page that led here; empty or absent if it is not known. One of the site itself, or longer than 2,000 bytes, is left out by the server. The tracker sends it without query and fragment.
   */
  r?: string;
  /**
   * Properties of the event.
   */
  p?: {
    [k: string]: string | number | boolean;
  };
  /**
   * Revenue of the event.
   */
  $?: {
    /**
     * Amount in the currency's main unit; a string where a binary number would not be exact.
     */
    amount: number | string;
    /**
     * Currency as ISO 4217 writes it.
     */
    currency: string;
  };
  /**
   * Milliseconds for which the page was visible and focused since the last report of it; more than five minutes count as five minutes, since the tracker reports that often.
   */
  e?: number;
  /**
   * Deepest point of the page that was on screen, in percent of the page's height; more than 100 counts as 100.
   */
  sd?: number;
  /**
   * Largest Contentful Paint of a page, in milliseconds; like the next three only in a beacon of vitals, which has at least one of them.
   */
  lcp?: number;
  /**
   * Interaction to Next Paint, in milliseconds.
   */
  inp?: number;
  /**
   * Cumulative Layout Shift, a number without a unit.
   */
  cls?: number;
  /**
   * Time to First Byte, in milliseconds.
   */
  ttfb?: number;
  /**
   * False for a custom event that does not end a bounce.
   */
  i?: boolean;
  /**
   * Width of the viewport in CSS pixels.
   */
  w?: number;
  /**
   * Consent to the site's cookie: 1 given, 0 withdrawn. Without the key consent is as it stood.
   */
  c?: 0 | 1;
  /**
   * Address of the visitor. Believed only of a sender with a token of scope send; cut at the door like any other.
   */
  ip?: string;
  /**
   * Agent string of the visitor. Believed only of a sender with a token of scope send.
   */
  ua?: string;
  /**
   * Nonce of this beacon: random, the same when it is sent again.
   */
  k?: string;
  /**
   * Age in seconds of a beacon that is sent again; no older one is.
   */
  a?: number;
  /**
   * Whether the browser says that a program drives it (navigator.webdriver). If so the beacon does not count.
   */
  b?: boolean;
  /**
   * Version of the tracker.
   */
  v?: number;
}
