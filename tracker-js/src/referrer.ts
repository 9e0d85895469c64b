/**
 * The page that led to this document, without query; empty if the browser does not say. The server
 * leaves out those of the site itself.
 */
export const referrer = () => document.referrer.replace(/\?.*/, '');
