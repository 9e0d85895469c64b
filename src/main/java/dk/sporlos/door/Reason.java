package dk.sporlos.door;

import java.util.Locale;

/** Why a beacon was not counted. {@code docs/refusals.md} says of each what can be done. */
public enum Reason {
  ABORTED("the connection ended before the beacon was whole"),
  MALFORMED("it could not be read"),
  TOO_LARGE("it was larger than 64 KB"),
  UNKNOWN_SITE("no site of that name is registered"),
  DIALECT_OFF("the site takes no beacons of that product's tracker"),
  UNCOUNTED("it reports what is never counted, such as who the visitor is"),
  NO_TOKEN("it names a visitor, and no token that may do so"),
  HOST("the page is on a host that is not the site's"),
  PREFETCH("the browser loaded the page ahead of a visit"),
  OPTED_OUT("the visitor does not want to be counted"),
  EXCLUDED_PAGE("the site excludes the page"),
  EXCLUDED_NETWORK("the site excludes the network"),
  SPAM("the page that led here is known for forged referrers"),
  BOT("a program sent it"),
  TOO_OLD("it happened more than ten minutes before it was sent"),
  RATE_LIMITED("its address had sent too many within a minute"),
  SITE_RATE("the site had too many within a second"),
  SITE_QUOTA("the site had too many within its day"),
  LATE("the figures of its day were complete before it was stored"),
  DUPLICATE("it was sent again, and counted the first time"),
  NO_OPEN_VISIT("it reports on a page view that is not known, or over"),
  OVERLOADED("too much was waiting to be stored"),
  SPOOL_FULL("the database was away, and no more could wait on disk"),
  STORAGE_FULL("the disk was nearly full"),
  SET_ASIDE("the database refused it, and it is set aside"),
  UNAVAILABLE("it could not be stored");

  private final String words;

  Reason(String words) {
    this.words = words;
  }

  /** The reason as it stands in the header {@code Sporlos-Ignored}, in metrics and in problems. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What happened, for a person to read. */
  public String words() {
    return words;
  }
}
