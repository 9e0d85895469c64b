import { missingPage } from '../extras/missingPage';
import { watchClicks } from '../extras/watchClicks';
import { watchForms } from '../extras/watchForms';
import { forgetPage } from '../page';
import type { EventOptions } from '../sporlos';
import { startTracker } from '../startTracker';
import { move } from '../watchNavigation';
import { script, settings } from './script';

export type { EventOptions };

/** What the tracker has to know. */
export interface Options {
  /** The site, as it is registered with the server: `example.com`. */
  site: string;
  /** Where the server is: `https://stats.example.com`. */
  server: string;
  /** Consent as the page knows it; nothing is said unless it is given here or by `consent`. */
  consent?: boolean;
  /** Whether the part after `#` names the page. */
  hash?: boolean;
  /** Whether clicks that lead away, downloads, forms and missing pages are counted as well. */
  extras?: boolean;
}

/**
 * Counts the page in view and those that follow it in the same document. Does nothing where there is
 * no browser (while a page is rendered on a server), and nothing the second time.
 */
export const init = (options: Options) => {
  if (typeof document == 'undefined' || settings.site) {
    return;
  }
  script.src = new URL('s.js', options.server.replace(/\/*$/, '/')).href;
  settings.site = options.site;
  settings.hash = options.hash ? 'on' : '';
  settings.consent = options.consent === undefined ? '' : String(options.consent);
  const start = () => {
    startTracker();
    if (options.extras) {
      watchClicks();
      watchForms();
      missingPage();
    }
  };
  // A page that is prerendered is not viewed before the visitor opens it.
  if ((document as { prerendering?: boolean }).prerendering) {
    document.addEventListener('prerenderingchange', start);
  } else {
    start();
  }
};

/** What counts, once there is a browser and `init` has started it. */
const tracker = () => (typeof window == 'undefined' ? undefined : window.sporlos);

/** Counts the page in view once more, as where what is shown changes under one address. */
export const pageview = () => {
  if (tracker()) {
    forgetPage();
    move({});
  }
};

/** Counts a custom event; nothing before `init`. */
export const event = (name: string, options?: EventOptions) => {
  tracker()?.(name, options);
};

/** Says whether the visitor agrees to the site's cookie; the server is told when that changes. */
export const consent = (given: boolean) => {
  tracker()?.consent?.(given);
};
