package dk.sporlos.door;

import dk.sporlos.site.Site;
import io.vertx.core.http.HttpServerRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What the page about a visitor's rights may know of a request, and what it may tell the browser to
 * keep. The number of a cookie does not leave it.
 */
public final class RightsDoor {
  private static final int PER_MINUTE = 60;
  private static final byte[] FORM = "form of rights".getBytes(StandardCharsets.US_ASCII);
  private static final long SECONDS_PER_HOUR = Duration.ofHours(1).toSeconds();

  private final TrustedProxies proxies;
  private final Recognition recognition;
  private final Clock clock;
  private final RateLimit limit;

  public RightsDoor(
      TrustedProxies proxies, Recognition recognition, Clock clock, SecureRandom random) {
    this.proxies = proxies;
    this.recognition = recognition;
    this.clock = clock;
    this.limit = new RateLimit(PER_MINUTE, TrustedProxies.none(), clock, random);
  }

  /** Classes of devices, as they are kept. */
  public static List<String> devices() {
    return Stream.of(DeviceClass.values())
        .filter(device -> device != DeviceClass.UNKNOWN)
        .map(DeviceClass::label)
        .toList();
  }

  /** Counts a request, and says whether its address has asked too often in this minute. */
  public boolean isTooMuch(HttpServerRequest request) {
    return limit.exceededBy(sender(request).address());
  }

  /** What is known of the browser that asks. */
  public Holding holding(HttpServerRequest request, Site site) {
    Sender sender = sender(request);
    VisitorCookie cookie = identity(site, sender).cookie();
    OpenVisit visit = cookie == null ? null : recognition.find(site, cookie);
    return new Holding(
        cookie == null
            ? null
            : new Holding.HeldCookie(
                sender.cookies().name(site), cookie.firstWeek(), cookie.lastVisit(), cookie.cap()),
        visit == null ? null : new Holding.HeldVisit(visit.number(), visit.began(), visit.steps()),
        sender.cookies().object(),
        sender.objects());
  }

  /*
   * Made of the cookie's number, which whoever does not hold the cookie cannot guess. So it needs no
   * key, and a form that one node made is good at every other. Without a cookie there is nothing of
   * a visitor's that a form could change, and where it comes from is for the browser to say.
   */

  /**
   * What a form says to show that it is of this page: it holds for the site, for the cookie that
   * was brought, and for one to two hours.
   */
  public String token(HttpServerRequest request, Site site) {
    return token(request, site, hour());
  }

  /** Whether a form is one that this browser was given here. */
  public boolean isOurs(HttpServerRequest request, Site site, String token) {
    return Stream.of(hour(), hour() - 1)
        .anyMatch(hour -> isEqual(token(request, site, hour), token));
  }

  /** Ends the visit that is open under the cookie that was brought, if one is. */
  public void forget(HttpServerRequest request, Site site) {
    VisitorCookie cookie = identity(site, sender(request)).cookie();
    OpenVisit visit = cookie == null ? null : recognition.find(site, cookie);
    if (visit != null) {
      recognition.forget(site, visit);
    }
  }

  /** Takes the site's cookie back. */
  public void giveBack(HttpServerRequest request, Site site) {
    Cookies.add(request.response(), sender(request).cookies().remove(site));
  }

  /** Takes the site's cookie back, and lets the open visit go on without it. */
  public void withdraw(HttpServerRequest request, Site site) {
    recognition.withdraw(site, identity(site, sender(request)));
    giveBack(request, site);
  }

  /** Makes the browser remember an objection, or forget it. */
  public void object(HttpServerRequest request, boolean objects) {
    Cookies.add(request.response(), sender(request).cookies().object(objects));
  }

  private Sender sender(HttpServerRequest request) {
    return Sender.of(request, proxies);
  }

  private Identity identity(Site site, Sender sender) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), site.zone());
    return Identity.of(site, sender, /* consent= */ null, today);
  }

  private String token(HttpServerRequest request, Site site, long hour) {
    VisitorCookie cookie = identity(site, sender(request)).cookie();
    byte[] number = (cookie == null ? "" : cookie.number()).getBytes(StandardCharsets.US_ASCII);
    ByteBuffer form =
        ByteBuffer.allocate(FORM.length + Integer.BYTES + Long.BYTES + number.length)
            .put(FORM)
            .putInt(site.id().value())
            .putLong(hour)
            .put(number);
    return HexFormat.of().formatHex(sha256(form.array()));
  }

  private static byte[] sha256(byte[] message) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(message);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  private long hour() {
    return Math.floorDiv(clock.instant().getEpochSecond(), SECONDS_PER_HOUR);
  }

  private static boolean isEqual(String expected, String said) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8),
        Objects.requireNonNull(said, "said").getBytes(StandardCharsets.UTF_8));
  }
}
