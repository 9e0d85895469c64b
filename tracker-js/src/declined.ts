/** Whether the visitor has declined to be counted. */
export const declined = () =>
  // https://w3c.github.io/gpc/
  (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl ||
  // https://www.w3.org/TR/tracking-dnt/
  navigator.doNotTrack == '1';
