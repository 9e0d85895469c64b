import { version } from './version';

/**
 * Has beacons outlive the page where the browser's `fetch` has no `keepalive` (Firefox before 133):
 * what is sent as the page goes is given to `navigator.sendBeacon` there, which says nothing of how it
 * ended. Such a browser ends with the page whatever else was on its way.
 *
 * Beacons are known by how they begin: where they go is a name that the site may have chosen.
 *
 * @param script the snippet
 */
export const outlive = (script: HTMLScriptElement) => {
  const before = window.fetch.bind(window);
  const ours = JSON.stringify({ v: version, d: script.dataset.site }).slice(0, -1);
  window.fetch = (resource, request) =>
    document.hidden &&
    typeof request?.body == 'string' &&
    request.body.startsWith(ours) &&
    navigator.sendBeacon(resource as URL, request.body)
      ? Promise.resolve(new Response())
      : before(resource, request);
};
