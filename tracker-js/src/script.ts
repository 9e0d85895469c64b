/**
 * The snippet's element: its `data-site` says the site, its `src` where beacons go. The browser
 * names it only while the script runs for the first time, hence a constant; a page that runs the
 * script as a module has none, and is not counted.
 */
export const script = (document.currentScript || { dataset: {} }) as HTMLScriptElement;
