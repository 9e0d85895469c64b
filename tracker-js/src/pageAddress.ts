/**
 * The address of this page as it may leave the browser: origin, path and campaign parameters; no
 * credentials, no other parameter, no fragment; at most the 2,000 characters of the contract.
 */
export const pageAddress = () =>
  (
    location.origin +
    location.pathname +
    location.search
      .replace(/[?&](?!(utm_(source|medium|campaign|content|term)|ref|source)=)[^&]*/g, '')
      .replace(/^&/, '?')
  ).slice(0, 2000);
