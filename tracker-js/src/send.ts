import type { Beacon } from './beacon';
import { declined } from './declined';
import { script } from './script';
import { version } from './version';

/** What a beacon says; undefined is left out. */
export type Content = { [Key in keyof Beacon]?: Beacon[Key] | undefined };

/** How long a beacon that was not taken waits before it is sent again. */
const wait = 5_000;

/** Seconds after which a beacon is too old to be sent again. */
const oldest = 600;

/**
 * Sends a beacon, unless the visitor has declined, so that it outlives the page. Never throws.
 *
 * One that was lost on the way, or that the server could not store, is sent once more with its age;
 * not before the browser is online. The server knows it again by its nonce. It gives no consent then,
 * since that may have been withdrawn meanwhile; it withdraws it. The repetition does not
 * outlive the page: `keepalive` is granted for 64 KiB at a time, and may be why the first try failed.
 * `navigator.sendBeacon` draws on the same allowance.
 *
 * @param content all that is not the same for every beacon of the page
 */
export const send = (content: Content) => {
  try {
    const since = performance.now();
    const beacon: Content = {
      v: version,
      d: script.dataset.site,
      k: Math.random() + '',
      b: navigator.webdriver,
      ...content,
    };
    const post = (age?: number): unknown =>
      // Asked every time, so that a choice made halfway holds at once. Only the web has hosts.
      location.host &&
      !declined() &&
      // A string is sent as text/plain, which needs no preflight. The server sets a cookie where
      // the site's profile and the visitor allow one, so the browser has to bring it.
      fetch(new URL('b', script.src), {
        method: 'POST',
        body: JSON.stringify({ ...beacon, a: age }),
        keepalive: !age,
        credentials: 'include',
      }).then(
        (answer) => answer.status < 500 || repeat(age),
        () => repeat(age),
      );
    // Timers of hidden pages come late, so the age is measured.
    const repeat = (age?: number): unknown =>
      age ||
      setTimeout(
        () =>
          (age = ((performance.now() - since) / 1000) | 0) < oldest &&
          (navigator.onLine ? post(age) : repeat()),
        wait,
      );
    post();
    beacon.c = beacon.c && undefined;
  } catch {
    // Whatever is wrong with the snippet, the properties or the browser must not stop the page.
  }
};
