package dk.sporlos.site;

/** How much is kept of the page that led to a visit. */
public enum ReferrerDetail {
  HOST,

  /** Host and cleaned path. */
  PATH
}
