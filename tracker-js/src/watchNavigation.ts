/**
 * Calls back when a single-page application moves on to another path: when it adds an entry to the
 * history, or when the visitor goes back or forward to one. A replaced entry does not count, since
 * that is how applications correct an address (`/` to `/en/`) that the visitor never saw.
 */
export const watchNavigation = (callback: () => void) => {
  let path = location.pathname;
  const compare = (change: { navigationType?: unknown }) =>
    path != (path = location.pathname) && change.navigationType != 'replace' && callback();

  if (window.navigation as Navigation | undefined) {
    navigation.addEventListener('currententrychange', compare);
  } else {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- applied to its history below
    const pushState = history.pushState;
    history.pushState = (...entry) => {
      path = location.pathname; // which may have been replaced
      pushState.apply(history, entry);
      compare({});
    };
    addEventListener('popstate', compare as () => void);
  }
};
