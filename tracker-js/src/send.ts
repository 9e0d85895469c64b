import type { Beacon } from './beacon';
import { endpoint } from './endpoint';
import { page } from './page';
import { script, settings } from './script';
import { version } from './version';

/** What a beacon says; undefined is left out. */
export type Content = { [Key in keyof Beacon]?: Beacon[Key] | undefined };

/** How long a beacon that was not taken waits before it is sent again. */
const wait = 5_000;

/** Seconds after which a beacon is too old to be sent again. */
const oldest = 600;

/** What was said of consent last. */
export let consent: Beacon['c'] | undefined;

/**
 * Sends a beacon, unless the visitor has declined, so that it outlives the page. Never throws.
 *
 * One that was lost on the way, or that the server could not store, is sent once more with its age;
 * not before the browser is online. The server knows it again by its nonce. It gives no consent then,
 * since that may have been withdrawn meanwhile; it withdraws it. The repetition does not
 * outlive the page: `keepalive` is granted for 64 KiB at a time, and may be why the first try failed.
 * `navigator.sendBeacon` draws on the same allowance.
 *
 * @param content all that is not the same for every beacon of the page; of another page its address
 */
export const send = (content: Content) => {
  const since = performance.now() / 1000;
  const beacon: Content = {
    v: version,
    d: settings.site,
    k: Math.random() + '',
    b: navigator.webdriver,
    // Consent is told once: told with every beacon it would take back what was withdrawn meanwhile in
    // another tab. A withdrawal is told with every beacon.
    c: consent && undefined,
    u: page,
    ...content,
  };
  consent = beacon.c ?? consent;

  // A promise that is never broken: whatever is wrong with the properties, the snippet or the
  // browser must not stop the page.
  const post = async () => {
    try {
      // Whether the visitor has declined is asked every time, so that it holds at once.
      if (
        // https://w3c.github.io/gpc/
        (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl ||
        // https://www.w3.org/TR/tracking-dnt/ says "1" or "0", or nothing.
        (navigator.doNotTrack as unknown as number) > 0 ||
        // As choose.ts keeps it.
        localStorage.sporlos
      ) {
        return;
      }
    } catch {
      // Some browsers throw where storage is blocked: nothing was chosen on this website.
    }
    try {
      // A string is sent as text/plain, which needs no preflight. The server sets a cookie where
      // the site's profile and the visitor allow one, so the browser has to bring it.
      const answer = await fetch(new URL(endpoint, script.src), {
        method: 'POST',
        body: JSON.stringify(beacon),
        keepalive: !beacon.a,
        credentials: 'include',
      });
      if (answer.status < 500) {
        return;
      }
    } catch {
      // Lost on the way, or no JSON.
    }
    beacon.c = beacon.c && undefined;
    if (!(beacon.a && navigator.onLine)) {
      setTimeout(() => {
        // Timers of hidden pages come late, so the age is measured.
        if ((beacon.a = (performance.now() / 1000 - since) | 0) < oldest) {
          void post();
        }
      }, wait);
    }
  };
  if (beacon.u) {
    void post();
  }
};
