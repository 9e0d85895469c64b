/**
 * The page that led to this document, without query and fragment; empty if it is of this host or
 * the browser does not say.
 */
export const externalReferrer =
  document.referrer.split('/')[2] === location.host
    ? ''
    : document.referrer.replace(/[?#].*/, '').slice(0, 2000);
