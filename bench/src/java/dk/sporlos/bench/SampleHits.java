package dk.sporlos.bench;

import dk.sporlos.door.Action;
import dk.sporlos.door.Attributes;
import dk.sporlos.door.Client;
import dk.sporlos.door.Hit;
import dk.sporlos.door.Page;
import dk.sporlos.door.Place;
import dk.sporlos.door.Source;
import dk.sporlos.site.SiteId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Hits as the door makes them: five a visit in the mean, each visit's attributes with its first.
 */
final class SampleHits {
  private static final int CLIENTS = 300;
  private static final int PLACES = 60;
  private static final double FIRST = 0.2;
  private static final double VIEW = 0.55;
  private static final double ENGAGEMENT = 0.95;

  private final Random random = new Random(42);
  private final Zipf pages = Zipf.of(Traffic.pages());
  private final Zipf clients = Zipf.of(CLIENTS);
  private final Zipf places = Zipf.of(PLACES);
  private final SiteId site;

  SampleHits(SiteId site) {
    this.site = site;
  }

  List<Hit> take(int count) {
    List<Hit> hits = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      hits.add(next());
    }
    return hits;
  }

  Hit next() {
    boolean first = random.nextDouble() < FIRST;
    Action action = first ? new Action.PageView() : action(random.nextDouble());
    return new Hit(
        site,
        random.nextLong(),
        random.nextLong(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS),
        first ? 0 : random.nextInt(10),
        new Page("example.com", Traffic.path(pages.draw(random))),
        action,
        first ? attributes() : null,
        action instanceof Action.Event ? Map.of("plan", "yearly", "seats", "5") : Map.of(),
        /* revenue= */ null,
        /* byCookie= */ false);
  }

  private Action action(double kind) {
    if (kind < VIEW) {
      return new Action.PageView();
    }
    return kind < ENGAGEMENT
        ? new Action.Engagement(Duration.ofMillis(random.nextInt(60_000)), random.nextInt(101))
        : new Action.Event("Signup", true);
  }

  private Attributes attributes() {
    int client = clients.draw(random);
    int place = places.draw(random);
    return new Attributes(
        new Client(
            "Chrome", Integer.toString(100 + client % 40), "Windows", "11", "Desktop", "", "da"),
        new Place(place % 3 == 0 ? "DK" : "SE", "DK-" + place, ""),
        random.nextBoolean()
            ? Source.DIRECT
            : new Source("Organic Search", "Google", "google.com", ""),
        /* campaign= */ null);
  }
}
