package dk.sporlos.door;

import dk.sporlos.site.CookieRule;
import dk.sporlos.site.Privacy;
import dk.sporlos.site.Recognising;
import dk.sporlos.site.Site;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** By what a sender may be recognised at a site, as its profile and the visitor's choice allow. */
final class Identity {
  private final byte @Nullable [] traits;
  private final @Nullable VisitorCookie cookie;
  private final boolean mayHaveCookie;
  private final boolean strays;

  private Identity(
      byte @Nullable [] traits,
      @Nullable VisitorCookie cookie,
      boolean mayHaveCookie,
      boolean strays) {
    this.traits = traits;
    this.cookie = cookie;
    this.mayHaveCookie = mayHaveCookie;
    this.strays = strays;
  }

  /**
   * What holds for a beacon.
   *
   * @param consent what it says of the visitor's choice; null if nothing, and then it is as it
   *     stood: given where a cookie is brought that asks for it
   * @param today at the site
   */
  static Identity of(Site site, Sender sender, @Nullable Boolean consent, LocalDate today) {
    Privacy privacy = site.privacy();
    byte[] traits =
        privacy.recognising() == Recognising.NONE ? null : sender.traits(privacy.address());
    Cookies cookies = sender.cookies();
    if (cookies.header().isEmpty()) {
      return new Identity(traits, null, allows(privacy.cookie(), consent, false), false);
    }
    VisitorCookie brought = privacy.cookie() == CookieRule.OFF ? null : cookies.of(site);
    if (brought != null && !brought.isValidOn(today, privacy)) {
      brought = null;
    }
    boolean allowed = allows(privacy.cookie(), consent, brought != null);
    return new Identity(traits, brought, allowed, !allowed && cookies.haveOneOf(site));
  }

  private static boolean allows(CookieRule rule, @Nullable Boolean consent, boolean holdsOne) {
    return switch (rule) {
      case OFF -> false;
      case CONSENT -> consent == null ? holdsOne : consent;
      case ON -> consent == null || consent;
    };
  }

  /** What a sender without cookie is recognised by; null where nothing is. */
  byte @Nullable [] traits() {
    return traits;
  }

  /** The cookie that was brought and holds; null if there is none. */
  @Nullable VisitorCookie cookie() {
    return cookie;
  }

  /** Whether the answer may give or renew a cookie. */
  boolean mayHaveCookie() {
    return mayHaveCookie;
  }

  /** Whether a cookie was brought that is to be taken back. */
  boolean strays() {
    return strays;
  }

  /** Whether there is nothing to recognise the sender by, and nothing to be. */
  boolean isUnknowable() {
    return traits == null && cookie == null && !mayHaveCookie;
  }

  @Override
  public String toString() {
    return "Identity";
  }
}
