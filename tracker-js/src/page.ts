import { settings } from './script';

/**
 * The page in view as it may leave the browser: origin, path and campaign parameters; no
 * credentials, no other parameter, no fragment; at most the 2,000 characters of the contract. Empty
 * for files on the visitor's own disk, which are nobody's business: only the web has hosts.
 *
 * That an advertisement was clicked (`gclid`, `fbclid`, `gbraid`, `li_fat_id`, …) is said by the names of
 * such parameters, without their values, which tell one click from all others.
 */
export let page: string | undefined;

/** What tells one page of the document from the next. */
let path = '';

/**
 * Looks where the browser is.
 *
 * @returns whether that is another page than at the last look
 */
export const moved = () =>
  path !=
  // With data-hash the fragment is part of the path, but not what is asked for within it.
  (path = (location.pathname + (settings.hash ? location.hash : '')).replace(/\?.*/, ''));

/** Makes the place of the last look the page in view. */
export const turnPage = () => {
  page =
    location.host &&
    (
      location.origin +
      path +
      location.search
        .replace(/([?&]\w+id=)[^&]*|[?&](?!utm_|ref=|source=)[^&]*/g, '$1')
        .replace(/^&/, '?')
    ).slice(0, 2000);
};

/** Forgets the last look: the next one finds another page wherever the browser is. */
export const forgetPage = () => {
  path = '';
};
