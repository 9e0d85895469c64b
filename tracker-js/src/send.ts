import type { Beacon } from './beacon';
import { declined } from './declined';
import { script } from './script';
import { version } from './version';

/** What a beacon says besides which site and page it is about; undefined is left out. */
type Content = { [Key in keyof Beacon]?: Beacon[Key] | undefined };

/**
 * Sends a beacon, unless the visitor has declined, so that it outlives the page. Never throws.
 *
 * What fails is sent once more, and then without `keepalive`, of which a browser grants a page only
 * 64 KiB at a time. `navigator.sendBeacon` draws on the same allowance, and cannot leave out cookies.
 *
 * @param page address of the page it is about
 */
export const send = (page: string, name: string, content: Content) => {
  try {
    // Asked every time, so that a choice made halfway holds at once. Only the web has hosts.
    if (location.host && !declined()) {
      const endpoint = new URL('b', script.src);
      // A string is sent as text/plain, which needs no preflight.
      const body = JSON.stringify({
        v: version,
        d: script.dataset.site,
        n: name,
        u: page,
        k: Math.random() + '',
        b: navigator.webdriver ? 1 : undefined,
        ...content,
      });
      const post = (keepalive: boolean) =>
        // Without credentials the browser neither sends a cookie nor keeps one.
        fetch(endpoint, { method: 'POST', body, keepalive, credentials: 'omit' });
      post(true)
        .catch(() => post(false))
        .catch(() => {
          // Blocked or offline: the page must not hear of it as an unhandled rejection.
        });
    }
  } catch {
    // Whatever is wrong with the snippet, the properties or the browser must not stop the page.
  }
};
