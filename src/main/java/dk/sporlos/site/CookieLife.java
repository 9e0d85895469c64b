package dk.sporlos.site;

/** How long a cookie lives. */
public enum CookieLife {
  /** So many days after the last visit, and never past 13 months after the first. */
  SLIDING,

  /** Until 13 months after the first visit; renewing it keeps that end. */
  FIXED
}
