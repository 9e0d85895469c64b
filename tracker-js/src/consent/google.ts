import { tell } from './tell';

declare global {
  interface Window {
    dataLayer?: unknown[];
  }
}

/*
 * Of `gtag('consent', …)` only `update` is a choice. A `default` is what the page assumes of somebody
 * who has not chosen yet, it precedes the update on every page, and it may hold for some regions
 * alone: taken for a withdrawal it would remove each visitor's cookie with each page, taken for
 * consent it would be none.
 */

/** Tells the last choice among entries of the data layer, which keeps `arguments` or arrays. */
const look = (entries: unknown[]) => {
  let storage: unknown;
  entries.map((entry) => {
    const [command, action, choice] = Array.from((entry || []) as ArrayLike<unknown>);
    if (command == 'consent' && action == 'update') {
      storage =
        (choice as { analytics_storage?: unknown } | undefined)?.analytics_storage || storage;
    }
  });
  if (storage) {
    tell(storage == 'granted');
  }
};

// Tag managers replace `push` with one of their own that calls the one before, and so do we: the
// page's calls go on as they were, and what we read of them is a copy.
const layer = (window.dataLayer = window.dataLayer || []);
const push = layer.push;
layer.push = (...entries) => {
  try {
    look(entries);
  } catch {
    // What the page pushes is its own affair.
  }
  return push.apply(layer, entries);
};
look(layer);
