package dk.sporlos.site;

/** When a browser is given a cookie. */
public enum CookieRule {
  /** Never; one that is brought is not looked at. */
  OFF,

  /** Once the visitor has agreed. */
  CONSENT,

  /** From the first page view on, unless the visitor has declined. */
  ON
}
