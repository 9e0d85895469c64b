import type { Beacon } from './beacon';
import { declined } from './declined';
import { script } from './script';
import { version } from './version';

/** What a beacon says besides which site and page it is about; undefined is left out. */
type Content = { [Key in keyof Beacon]?: Beacon[Key] | undefined };

/** How long a beacon that was not taken waits before it is sent again. */
const wait = 5_000;

/** Seconds after which a beacon is too old to be sent again. */
const oldest = 600;

/**
 * Sends a beacon, unless the visitor has declined, so that it outlives the page. Never throws.
 *
 * One that was lost on the way, or that the server could not store, is sent once more with its age;
 * not before the browser is online. The server knows it again by its nonce. The repetition does not
 * outlive the page: `keepalive` is granted for 64 KiB at a time, and may be why the first try failed.
 * `navigator.sendBeacon` draws on the same allowance, and cannot leave out cookies.
 *
 * @param page address of the page it is about
 */
export const send = (page: string, name: string, content: Content) => {
  try {
    const since = performance.now();
    const beacon: Content = {
      v: version,
      d: script.dataset.site,
      n: name,
      u: page,
      k: Math.random() + '',
      b: navigator.webdriver,
      ...content,
    };
    const post = (age?: number): unknown =>
      // Asked every time, so that a choice made halfway holds at once. Only the web has hosts.
      location.host &&
      !declined() &&
      // A string is sent as text/plain, which needs no preflight; without credentials the browser
      // neither sends a cookie nor keeps one.
      fetch(new URL('b', script.src), {
        method: 'POST',
        body: JSON.stringify({ ...beacon, a: age }),
        keepalive: !age,
        credentials: 'omit',
      }).then(
        (answer) => answer.status < 500 || repeat(age),
        () => repeat(age),
      );
    const repeat = (age?: number): unknown =>
      age ||
      setTimeout(
        () =>
          (age = ((performance.now() - since) / 1000) | 0) < oldest &&
          (navigator.onLine ? post(age) : repeat()),
        wait,
      );
    post();
  } catch {
    // Whatever is wrong with the snippet, the properties or the browser must not stop the page.
  }
};
