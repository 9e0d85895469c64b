package dk.sporlos.door;

import dk.sporlos.site.Site;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** A browser that keeps the cookie that it is given, for as long as it is told. */
final class FakeBrowser {
  private final FakeVisitors visitors;
  private final Site site;
  private final String address;

  /** Whether it throws away what it is given. */
  boolean blocksCookies;

  @Nullable String cookie;
  Instant expires = Instant.MAX;

  FakeBrowser(FakeVisitors visitors, Site site, String address) {
    this.visitors = visitors;
    this.site = site;
    this.address = address;
  }

  /** Views a page without a word on consent. */
  Recognised views() {
    return sends(FakeVisitors.VIEW, null);
  }

  Recognised views(@Nullable Boolean consent) {
    return sends(FakeVisitors.VIEW, consent);
  }

  Recognised sends(Action action, @Nullable Boolean consent) {
    Recognised recognised = request(action, consent);
    takes(recognised, consent);
    return recognised;
  }

  /** The request alone, as it arrives while the answer to another is on its way. */
  Recognised request(Action action, @Nullable Boolean consent) {
    Instant now = visitors.clock.instant();
    if (!now.isBefore(expires)) {
      cookie = null;
    }
    Instant at = now.truncatedTo(ChronoUnit.SECONDS);
    Recognised recognised =
        visitors.recognition.recognise(
            site, identity(consent), FakeVisitors.aPage("/"), action, at);
    if (recognised == null) {
      throw new IllegalStateException("not recognised");
    }
    return recognised;
  }

  /** The answer to a request. */
  void takes(Recognised recognised, @Nullable Boolean consent) {
    VisitorCookie given = recognised.given();
    if (given != null && !blocksCookies) {
      Instant now = visitors.clock.instant();
      Duration maxAge = given.maxAge(now, site.zone(), site.privacy());
      cookie = given.value();
      expires = now.plus(maxAge);
    } else if (identity(consent).strays()) {
      cookie = null;
    }
  }

  boolean hasCookie() {
    return cookie != null && visitors.clock.instant().isBefore(expires);
  }

  Identity identity(@Nullable Boolean consent) {
    Sender looks = FakeVisitors.aSender(address, "Agent");
    Sender sender =
        new Sender(
            looks.address(),
            looks.agent(),
            looks.language(),
            looks.objects(),
            looks.prefetches(),
            looks.unlikeBrowser(),
            looks.hints(),
            cookie == null
                ? Cookies.NONE
                : new Cookies(
                    "theme=dark; __Host-sporlos-" + site.publicId() + "=" + cookie, true));
    LocalDate today = LocalDate.ofInstant(visitors.clock.instant(), site.zone());
    return Identity.of(site, sender, consent, today);
  }
}
