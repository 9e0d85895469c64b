/**
 * The snippet's element: its `src` says where beacons go. The browser names it only while the script
 * runs for the first time, hence a constant; where a page runs the script as a module
 * there is none, and nothing starts.
 */
export const script = document.currentScript as HTMLScriptElement;

/** What the snippet says: `data-site`, and perhaps `data-consent`, `data-hash` and `data-beacon`. */
export const settings = (script as HTMLScriptElement | null)?.dataset as Record<
  string,
  string | undefined
>;
