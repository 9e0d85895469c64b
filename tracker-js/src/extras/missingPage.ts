/** Counts a page that the website has answered with 404, as far as the browser tells. */
export const missingPage = () => {
  const [loaded] = performance.getEntriesByType('navigation');
  if (loaded?.responseStatus == 404) {
    // Whoever comes upon a missing page has done nothing on it.
    window.sporlos?.('404', { interactive: false });
  }
};
