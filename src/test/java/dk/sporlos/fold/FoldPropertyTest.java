package dk.sporlos.fold;

import static dk.sporlos.door.HitMother.aHit;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.TestDatabase;
import dk.sporlos.door.Action;
import dk.sporlos.door.EndedVisit;
import dk.sporlos.door.Hit;
import dk.sporlos.door.HitMother;
import dk.sporlos.intake.Inbox;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import dk.sporlos.testing.MovableClock;
import dk.sporlos.testing.TestPool;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import org.jspecify.annotations.Nullable;

/** Random visits of several sites, folded in one batch, against their plain definition in words. */
class FoldPropertyTest {
  private static final TestPool DATABASE = TestPool.of(TestDatabase.create());
  private static final List<Site> SITES =
      Stream.of("Europe/Copenhagen", "Asia/Kathmandu", "Australia/Lord_Howe")
          .map(
              zone ->
                  new SiteStore(DATABASE.pool())
                      .add(zone.toLowerCase(Locale.ROOT), ZoneId.of(zone), false)
                      .await())
          .toList();
  private static final Inbox INBOX = new Inbox(DATABASE.pool(), new SimpleMeterRegistry());
  private static final Partitions PARTITIONS = new Partitions(DATABASE.pool());
  private static final AtomicLong NUMBERS = new AtomicLong();

  private static final String FOLDED =
      """
      select day, hour, views, events, seconds, bounced, entry.path as entry, exit.path as exit,
        (select string_agg(
            concat_ws(' ', page.path, coalesce(name, '-'), coalesce(engaged_seconds::text, '-'),
              coalesce(scroll::text, '-')),
            ', ' order by step)
          from unpack(steps) as s
          join page on page.id = s.page_id
          left join event_name on event_name.id = s.name_id) as steps
      from visit
      left join page as entry on entry.id = entry_page
      left join page as exit on exit.id = exit_page
      where visitor = $1
      """;

  @AfterContainer
  static void close() {
    DATABASE.close();
  }

  @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
  void agreesWithTheDefinitionInWords(
      @ForAll("drafts") List<Draft> drafts, @ForAll Random shuffling) {
    List<Told> visits = drafts.stream().map(draft -> tell(draft)).toList();
    List<Hit> hits = new ArrayList<>();
    visits.forEach(visit -> hits.addAll(visit.hits()));
    Collections.shuffle(hits, shuffling);
    INBOX.write(hits).await();
    MovableClock clock = new MovableClock("2027-01-01T00:00:00Z");

    int rows =
        new Fold(DATABASE.pool(), PARTITIONS, new Random(), clock)
            .fold(visits.stream().map(Told::ended).toList())
            .await();

    assertThat(rows).isEqualTo((int) visits.stream().filter(v -> !v.steps().isEmpty()).count());
    visits.forEach(visit -> assertThat(folded(visit)).as("%s", visit).isEqualTo(expected(visit)));
    assertThat(DATABASE.pool().query("select from hit").execute().await().size()).isZero();
  }

  /** A row of table {@code visit}, with the texts in place of numbers. */
  record Figures(
      LocalDate day,
      Instant hour,
      int views,
      int events,
      int seconds,
      boolean bounced,
      @Nullable String entry,
      @Nullable String exit,
      String steps) {}

  private static @Nullable Figures folded(Told visit) {
    var rows = DATABASE.pool().preparedQuery(FOLDED).execute(Tuple.of(visit.number())).await();
    assertThat(rows.size()).isLessThanOrEqualTo(1);
    if (rows.size() == 0) {
      return null;
    }
    Row row = rows.iterator().next();
    return new Figures(
        row.getLocalDate("day"),
        row.getOffsetDateTime("hour").toInstant(),
        row.getShort("views"),
        row.getShort("events"),
        row.getShort("seconds"),
        row.getBoolean("bounced"),
        row.getString("entry"),
        row.getString("exit"),
        row.getString("steps"));
  }

  private static @Nullable Figures expected(Told visit) {
    List<Step> steps = visit.steps();
    if (steps.isEmpty()) {
      return null;
    }
    Instant began = visit.began().plusSeconds(steps.get(0).second());
    // The offset stays: of the hour that is there twice when clocks go back, the right one counts.
    OffsetDateTime local = began.atZone(visit.site().zone()).toOffsetDateTime();
    List<Step> views = steps.stream().filter(Step::isView).toList();
    return new Figures(
        local.toLocalDate(),
        local.truncatedTo(ChronoUnit.HOURS).toInstant(),
        views.size(),
        steps.size() - views.size(),
        steps.get(steps.size() - 1).second() - steps.get(0).second(),
        steps.stream().filter(Step::interactive).count() <= 1,
        views.isEmpty() ? null : views.get(0).path(),
        views.isEmpty() ? null : views.get(views.size() - 1).path(),
        String.join(", ", steps.stream().map(Step::told).toList()));
  }

  /** How long and how far, as an engagement reports it. */
  record Engaged(int millis, @Nullable Integer scroll) {}

  /**
   * A step as it is drawn.
   *
   * @param event name of a custom event; empty for a page view
   * @param lost whether only the engagements arrived
   */
  record Drawn(
      String path,
      String event,
      boolean interactive,
      int gap,
      boolean lost,
      List<Engaged> engagements) {}

  /** A visit as it is drawn: which site, when, what. */
  record Draft(int site, String around, int minute, List<Drawn> steps) {}

  /** A step that arrived. */
  record Step(
      int second,
      String path,
      @Nullable String event,
      boolean interactive,
      List<Engaged> engagements) {
    boolean isView() {
      return event == null;
    }

    /** Path, event, engaged seconds, scroll. */
    String told() {
      if (event != null) {
        return path + " " + event + " - -";
      }
      long millis = engagements.stream().mapToLong(Engaged::millis).sum();
      String scroll =
          engagements.stream()
              .map(Engaged::scroll)
              .filter(Objects::nonNull)
              .max(Integer::compare)
              .map(String::valueOf)
              .orElse("-");
      return "%s - %d %s".formatted(path, Math.min((millis + 500) / 1_000, 16_383), scroll);
    }
  }

  /** A visit: the hits that arrived, and the steps that they make. */
  record Told(Site site, long number, Instant began, List<Step> steps, List<Hit> hits) {
    EndedVisit ended() {
      return new EndedVisit(site.id(), number, began);
    }
  }

  private static Told tell(Draft draft) {
    Site site = SITES.get(draft.site());
    long number = NUMBERS.incrementAndGet();
    Instant began = Instant.parse(draft.around()).plusSeconds(60L * draft.minute());
    List<Step> steps = new ArrayList<>();
    List<Hit> hits = new ArrayList<>();
    int second = 0;
    for (int position = 0; position < draft.steps().size(); position++) {
      Drawn drawn = draft.steps().get(position);
      boolean isView = drawn.event().isEmpty();
      HitMother hit =
          aHit()
              .site(site.id())
              .visit(number)
              .visitor(number)
              .step(position)
              .path(drawn.path())
              .at(began.plusSeconds(second));
      if (!isView) {
        hits.add(hit.action(new Action.Event(drawn.event(), drawn.interactive())).build());
        steps.add(new Step(second, drawn.path(), drawn.event(), drawn.interactive(), List.of()));
      } else if (!drawn.lost()) {
        hits.add(hit.action(new Action.PageView()).build());
        steps.add(new Step(second, drawn.path(), null, true, drawn.engagements()));
      }
      if (isView) {
        hit.at(began.plusSeconds(second + drawn.gap()));
        drawn.engagements().forEach(engaged -> hits.add(hit.action(engagement(engaged)).build()));
      }
      second += drawn.gap();
    }
    return new Told(site, number, began, steps, hits);
  }

  private static Action engagement(Engaged engaged) {
    return new Action.Engagement(Duration.ofMillis(engaged.millis()), engaged.scroll());
  }

  @Provide
  Arbitrary<List<Draft>> drafts() {
    Arbitrary<String> around =
        Arbitraries.of(
            "2026-10-25T01:00:00Z", // clocks go back in Copenhagen
            "2026-03-29T01:00:00Z", // and forward
            "2026-04-04T15:00:00Z", // clocks go back by half an hour on Lord Howe Island
            "2026-12-31T18:15:00Z", // midnight in Kathmandu, of a month and a year
            "2026-11-02T10:00:00Z");
    return Combinators.combine(
            Arbitraries.integers().between(0, SITES.size() - 1),
            around,
            Arbitraries.integers().between(-90, 90),
            steps())
        .as(Draft::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(12);
  }

  private static Arbitrary<List<Drawn>> steps() {
    Arbitrary<Engaged> engaged =
        Combinators.combine(
                Arbitraries.oneOf(
                    Arbitraries.integers().between(0, 60_000),
                    Arbitraries.integers().between(0, 20_000_000)),
                Arbitraries.integers().between(0, 100).injectNull(0.3))
            .as(Engaged::new);
    return Combinators.combine(
            Arbitraries.of("/", "/", "/a", "/b/c"),
            Arbitraries.of("", "", "", "click", "seen"),
            Arbitraries.of(true, true, false),
            Arbitraries.integers().between(0, 1_500),
            Arbitraries.of(false, false, false, true),
            engaged.list().ofMaxSize(3))
        .as(Drawn::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(8);
  }
}
