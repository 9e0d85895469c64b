import { tell } from './tell';

/** A call of `gtag`, as the data layer keeps it: `arguments`, or an array. */
type Call = ArrayLike<unknown>;

declare global {
  interface Window {
    dataLayer?: unknown[];
  }
}

/** Reads a call of `gtag('consent', 'default' or 'update', …)`; every other is none of ours. */
const look = (entry: unknown) => {
  const [command, , choice] = Array.from((entry ?? []) as Call);
  const storage =
    command == 'consent' && (choice as Record<string, unknown> | undefined)?.analytics_storage;
  if (storage) {
    tell(storage == 'granted');
  }
};

/* Tag managers replace `push` with one of their own that calls the one before, and so do we: the
   page's calls go on as they were, and what we read of them is a copy. */
const layer = (window.dataLayer ??= []);
layer.forEach(look);
const push = layer.push.bind(layer);
layer.push = (...entries) => {
  entries.forEach((entry) => {
    try {
      look(entry);
    } catch {
      // What the page pushes is its own affair.
    }
  });
  return push(...entries);
};
