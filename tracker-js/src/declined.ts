/** Whether the visitor has declined to be counted, in this browser or on this website. */
export const declined = (): unknown => {
  try {
    return (
      // https://w3c.github.io/gpc/
      (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl ||
      // https://www.w3.org/TR/tracking-dnt/
      navigator.doNotTrack == '1' ||
      // As choose.ts keeps it.
      localStorage.sporlos
    );
  } catch {
    // Some browsers throw where storage is blocked: nothing was chosen on this website.
    return;
  }
};
