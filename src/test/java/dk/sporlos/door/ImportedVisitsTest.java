package dk.sporlos.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import io.vertx.core.buffer.Buffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ImportedVisitsTest {
  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
  private static final Site SITE =
      new Site(new SiteId(1), "example.com", ZoneId.of("Europe/Copenhagen"), false);

  private final ImportedLines lines = new ImportedLines(SITE, NOW);

  @Test
  void aVisitEndsWithThirtyMinutesOfSilence() {
    view("anna", "2026-10-01T10:00:00Z", "/a");
    view("anna", "2026-10-01T10:29:59Z", "/b");
    view("anna", "2026-10-01T10:59:59Z", "/c");

    assertThat(visits()).containsExactlyInAnyOrder("/a /b", "/c");
  }

  @Test
  void anEngagementKeepsAVisitOpen() {
    view("anna", "2026-10-01T10:00:00Z", "/a");
    engage("anna", "2026-10-01T10:20:00Z", "/a");
    view("anna", "2026-10-01T10:49:00Z", "/b");

    assertThat(visits()).containsExactly("/a +/a /b");
  }

  @Test
  void aVisitEndsFourHoursAfterItBegan() {
    for (int minutes = 0; minutes <= 250; minutes += 25) {
      view("anna", Instant.parse("2026-10-01T10:00:00Z").plusSeconds(60L * minutes), "/");
    }

    assertThat(visits()).containsExactlyInAnyOrder("/ / / / / / / / / /", "/");
  }

  @Test
  void aVisitEndsWithFiveHundredSteps() {
    for (int i = 0; i < 501; i++) {
      view("anna", Instant.parse("2026-10-01T10:00:00Z").plusSeconds(i), "/");
    }

    assertThat(lines.visits(new SecureRandom()).count()).isEqualTo(2);
  }

  @Test
  void linesMayComeInAnyOrder() {
    view("anna", "2026-10-01T10:02:00Z", "/c");
    view("anna", "2026-10-01T10:00:00Z", "/a");
    view("bent", "2026-10-01T10:00:00Z", "/x");
    view("anna", "2026-10-01T10:01:00Z", "/b");

    assertThat(visits()).containsExactlyInAnyOrder("/a /b /c", "/x");
  }

  @Test
  void aVisitorHasOneNumberADayAndAnotherOnTheNext() {
    view("anna", "2026-10-01T08:00:00Z", "/1");
    view("anna", "2026-10-01T12:00:00Z", "/2");
    view("anna", "2026-10-02T08:00:00Z", "/3");

    Map<String, Long> visitors = visitorsByPage();

    assertThat(visitors.get("/1")).isEqualTo(visitors.get("/2"));
    assertThat(visitors.get("/3")).isNotEqualTo(visitors.get("/1"));
  }

  @Test
  void aVisitOverMidnightBelongsToTheDayOnWhichItBegan() {
    view("anna", "2026-10-01T21:50:00Z", "/before");
    view("anna", "2026-10-01T22:10:00Z", "/after");

    assertThat(lines.visits(new SecureRandom()).days())
        .containsExactly(LocalDate.parse("2026-10-01"));
  }

  @Test
  void theDayIsTheSitesAlsoWhereClocksChange() {
    view("anna", "2026-03-28T22:59:59Z", "/saturday");
    view("bent", "2026-03-28T23:00:00Z", "/sunday");
    view("carl", "2026-03-29T22:00:00Z", "/monday");

    assertThat(lines.visits(new SecureRandom()).days())
        .extracting(LocalDate::getDayOfMonth)
        .containsExactly(28, 29, 30);
  }

  @Test
  void anEngagementOpensNoVisit() {
    engage("anna", "2026-10-01T10:00:00Z", "/a");
    view("anna", "2026-10-01T10:01:00Z", "/a");

    ImportedVisits visits = lines.visits(new SecureRandom());

    assertThat(visits.unplaced()).isEqualTo(1);
    assertThat(visits.hits(0, 1)).hasSize(1);
  }

  @Test
  void whatIsKnownOfAVisitComesWithItsFirstHit() {
    view("anna", "2026-10-01T10:00:00Z", "/a");
    view("anna", "2026-10-01T10:01:00Z", "/b");

    List<Hit> hits = lines.visits(new SecureRandom()).hits(0, 1);

    assertThat(hits).extracting(hit -> hit.attributes() != null).containsExactly(true, false);
  }

  @Test
  void splitsAsAPlainReadingOfTheRuleDoes() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Map<String, List<Instant>> times = new TreeMap<>();
    for (int i = 0; i < 3_000; i++) {
      String visitor = "v" + random.nextInt(40);
      Instant at = Instant.parse("2026-10-01T00:00:00Z").plusSeconds(random.nextInt(200_000));
      times.computeIfAbsent(visitor, none -> new ArrayList<>()).add(at);
      view(visitor, at, "/");
    }

    assertThat(
            visitsOf(lines.visits(new SecureRandom())).values().stream()
                .map(hits -> hits.stream().map(Hit::at).toList().toString())
                .sorted()
                .toList())
        .as("seed %d", seed)
        .isEqualTo(
            times.values().stream()
                .flatMap(all -> plainly(all.stream().sorted().toList()).stream())
                .map(List::toString)
                .sorted()
                .toList());
  }

  private static List<List<Instant>> plainly(List<Instant> times) {
    List<List<Instant>> visits = new ArrayList<>();
    List<Instant> visit = List.of();
    for (Instant at : times) {
      boolean goesOn =
          !visit.isEmpty()
              && at.isBefore(visit.get(visit.size() - 1).plus(Duration.ofMinutes(30)))
              && at.isBefore(visit.get(0).plus(Duration.ofHours(4)));
      if (!goesOn) {
        visit = new ArrayList<>();
        visits.add(visit);
      }
      visit.add(at);
    }
    return visits;
  }

  @Test
  void tellsVisitsByDayAndInNoOrderWithinOne() {
    for (int i = 0; i < 200; i++) {
      view("v" + i, Instant.parse("2026-10-01T08:00:00Z").plusSeconds(i), "/" + i);
      view("v" + i, Instant.parse("2026-10-02T08:00:00Z").plusSeconds(i), "/" + i);
    }

    ImportedVisits visits = lines.visits(new SecureRandom());
    List<String> first = paths(visits.hits(0, 200));
    List<String> second = paths(visits.hits(200, 400));

    assertThat(Set.copyOf(first)).hasSize(200).isEqualTo(Set.copyOf(second));
    assertThat(first).isNotEqualTo(second);
  }

  @Test
  void hasNoMoreLinesThanItMayHold() {
    ImportedLines few = new ImportedLines(SITE, NOW, 2, 100_000);
    few.add(line("anna", "2026-10-01T10:00:00Z", "/a", ""));
    few.add(line("anna", "2026-10-01T10:00:00Z", "/b", ""));

    assertThatThrownBy(() -> few.add(line("anna", "2026-10-01T10:00:00Z", "/c", "")))
        .isInstanceOf(ImportedLines.TooManyException.class)
        .hasMessageContaining("at most 2 lines");
  }

  @Test
  void hasNoMoreTextsThanItMayHold() {
    ImportedLines small = new ImportedLines(SITE, NOW, 1_000, 10_000);

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 1_000; i++) {
                small.add(line("visitor " + i, "2026-10-01T10:00:00Z", "/a", ""));
              }
            })
        .isInstanceOf(ImportedLines.TooManyException.class)
        .hasMessageContaining("too many different visitors");
  }

  private void view(String visitor, String at, String path) {
    assertThat(lines.add(line(visitor, at, path, ""))).isNull();
  }

  private void view(String visitor, Instant at, String path) {
    view(visitor, at.toString(), path);
  }

  private void engage(String visitor, String at, String path) {
    String members = ",\"name\":\"engagement\",\"engagement_ms\":1000";
    assertThat(lines.add(line(visitor, at, path, members))).isNull();
  }

  private static Buffer line(String visitor, String at, String path, String members) {
    return Buffer.buffer(
        "{\"site\":\"example.com\",\"visitor\":\"%s\",\"at\":\"%s\",\"url\":\"https://example.com%s\"%s}"
            .formatted(visitor, at, path, members));
  }

  /** Each visit as its pages, an engagement with a plus sign. */
  private List<String> visits() {
    return visitsOf(lines.visits(new SecureRandom())).values().stream()
        .map(
            hits ->
                hits.stream()
                    .map(
                        hit ->
                            (hit.action() instanceof Action.Engagement ? "+" : "")
                                + hit.page().path())
                    .collect(Collectors.joining(" ")))
        .toList();
  }

  private static Map<Long, List<Hit>> visitsOf(ImportedVisits visits) {
    return visits.hits(0, visits.count()).stream().collect(Collectors.groupingBy(Hit::visit));
  }

  private Map<String, Long> visitorsByPage() {
    ImportedVisits visits = lines.visits(new SecureRandom());
    return visits.hits(0, visits.count()).stream()
        .collect(Collectors.toMap(hit -> hit.page().path(), Hit::visitor));
  }

  private static List<String> paths(List<Hit> hits) {
    return hits.stream().map(hit -> hit.page().path()).toList();
  }
}
