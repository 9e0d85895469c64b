/** The words of choice; an anchor of the website's own like `#sporlos-options` is none. */
const addresses = /^#sporlos-(opt(in|out)|own)$/;

/**
 * Serves an address by which the visitor chooses whether to be counted, if the page has one.
 *
 * Keeps a choice on the website's own origin, where the tracker finds it, since a cookie of the
 * collector would not reach it from here: after `#sporlos-optout` and `#sporlos-own` nothing is sent
 * any more, `#sporlos-optin` takes that back. Then it goes to the page about the visitor's rights,
 * which confirms the choice; `stored=no` says that the browser did not keep it.
 *
 * The way leads to where the tracker came from and nowhere else: nothing of the page's address says
 * where to go. Whoever opens such an address excludes nobody but themselves, which is why a frame is
 * not listened to: what is on the page around it may have opened it.
 *
 * @param script the snippet
 */
export const choose = (script: HTMLScriptElement) => {
  if (top != self || !addresses.test(location.hash)) {
    return;
  }
  const choice = location.hash.slice('#sporlos-'.length);
  let stored: unknown;
  try {
    if (choice == 'optin') {
      localStorage.removeItem('sporlos');
    } else {
      localStorage.setItem('sporlos', choice);
    }
    stored = localStorage.getItem('sporlos') || 'optin';
  } catch {
    // Storage is blocked or full.
  }

  const confirmation = new URL('privacy', script.src);
  confirmation.searchParams.set('site', script.dataset.site + '');
  confirmation.searchParams.set('stored', stored == choice ? choice : 'no');
  location.replace(confirmation);
};
