package dk.sporlos.door;

import dk.sporlos.door.Action.Engagement;
import dk.sporlos.door.Action.Event;
import dk.sporlos.door.Action.PageView;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import dk.sporlos.testing.MovableClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Visitors that act when told to, the recognition that sees them, and what it makes and ends. */
final class FakeVisitors {
  static final Site SITE = aSite(1, "Europe/Copenhagen");
  static final Action VIEW = new PageView();
  static final Action EVENT = new Event("Play", true);
  static final Action ENGAGEMENT = new Engagement(Duration.ofSeconds(5), null);

  final MovableClock clock = new MovableClock("2026-11-23T09:00:00Z");
  final List<EndedVisit> ended = Collections.synchronizedList(new ArrayList<>());

  final List<Returns.Return> returned = Collections.synchronizedList(new ArrayList<>());

  /** Hears of them, too. */
  Returns returns = browser -> {};

  /** The arrays of the day keys themselves, in the order of their making. */
  final List<byte[]> keys = Collections.synchronizedList(new ArrayList<>());

  final Recognition recognition;

  FakeVisitors(int openVisits, int visitors) {
    this.recognition =
        new Recognition(
            clock,
            new KeyCollector(keys),
            new Recognition.Limits(openVisits, visitors),
            ended::add,
            browser -> {
              returned.add(browser);
              returns.count(browser);
            });
  }

  Recognised recognise(Action action, String path) {
    return recognise(SITE, aSender(), action, path);
  }

  Recognised recognise(Action action, String path, Instant at) {
    return Objects.requireNonNull(
        recognition.recognise(SITE, identity(SITE, aSender()), aPage(path), action, at),
        "not recognised");
  }

  Recognised recognise(Site site, Sender sender, Action action, String path) {
    return Objects.requireNonNull(
        recognition.recognise(site, identity(site, sender), aPage(path), action, now()),
        "not recognised");
  }

  @Nullable Recognised recogniseOrNot(Action action, String path) {
    return recognition.recognise(SITE, identity(SITE, aSender()), aPage(path), action, now());
  }

  /** Somebody of whom nothing is known but what he looks like. */
  static Identity identity(Site site, Sender sender) {
    return Identity.of(site, sender, null, LocalDate.EPOCH);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  static Set<Long> visitsOf(Recognised... recognised) {
    return Stream.of(recognised).map(Recognised::visit).collect(Collectors.toSet());
  }

  static Set<Long> visitorsOf(Recognised... recognised) {
    return Stream.of(recognised).map(Recognised::visitor).collect(Collectors.toSet());
  }

  static Page aPage(String path) {
    return new Page("example.com", path);
  }

  static Site aSite(int id, String zone) {
    return new Site(new SiteId(id), "example.com", ZoneId.of(zone), false);
  }

  static Sender aSender() {
    return aSender("192.0.2.1", "Agent");
  }

  static Sender aSender(String address, String agent) {
    return new Sender(
        Objects.requireNonNull(Address.parse(address)),
        agent,
        "da",
        false,
        false,
        false,
        ClientHints.NONE);
  }

  /** Keeps the arrays that it fills with keys. */
  private static final class KeyCollector extends SecureRandom {
    private static final long serialVersionUID = 1;
    private final transient List<byte[]> keys;

    KeyCollector(List<byte[]> keys) {
      this.keys = keys;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      super.nextBytes(bytes);
      if (bytes.length == DayKey.LENGTH) {
        keys.add(bytes);
      }
    }
  }
}
