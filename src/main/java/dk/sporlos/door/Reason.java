package dk.sporlos.door;

import java.util.Locale;

/** Why a beacon was not counted. */
public enum Reason {
  ABORTED,
  MALFORMED,
  TOO_LARGE,
  UNKNOWN_SITE,
  HOST,
  PREFETCH,
  OPTED_OUT,
  EXCLUDED_PAGE,
  BOT,
  RATE_LIMITED,
  SITE_RATE,
  SITE_QUOTA,
  DUPLICATE,
  NO_OPEN_VISIT,
  OVERLOADED,
  UNAVAILABLE;

  /** The reason as it stands in the header {@code Sporlos-Ignored}, in metrics and in problems. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
