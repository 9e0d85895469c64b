import { choice } from './choice';

/** Whether the visitor has declined to be counted, in this browser or on this website. */
export const declined = () =>
  // https://w3c.github.io/gpc/
  (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl ||
  // https://www.w3.org/TR/tracking-dnt/
  navigator.doNotTrack == '1' ||
  choice;
