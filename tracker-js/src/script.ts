/**
 * The snippet's element: its `data-site` says the site, its `src` where beacons go. The browser
 * names it only while the script runs for the first time, hence a constant.
 */
export const script = document.currentScript as HTMLScriptElement;
