package dk.sporlos.door;

import java.util.Locale;

/** Why a beacon was not counted. */
public enum Reason {
  ABORTED,
  MALFORMED,
  TOO_LARGE,
  UNKNOWN_SITE,
  PREFETCH,
  OPTED_OUT,
  BOT,
  RATE_LIMITED,
  SITE_RATE,
  SITE_QUOTA,
  DUPLICATE,
  NO_OPEN_VISIT,
  OVERLOADED,
  SPOOL_FULL,
  STORAGE_FULL,
  SET_ASIDE,
  UNAVAILABLE;

  /** The reason as it stands in the header {@code Sporlos-Ignored}, in metrics and in problems. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
