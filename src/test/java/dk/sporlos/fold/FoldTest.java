package dk.sporlos.fold;

import static dk.sporlos.door.HitMother.aHit;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.TestDatabase;
import dk.sporlos.door.Action;
import dk.sporlos.door.Attributes;
import dk.sporlos.door.Campaign;
import dk.sporlos.door.Client;
import dk.sporlos.door.EndedVisit;
import dk.sporlos.door.Hit;
import dk.sporlos.door.Place;
import dk.sporlos.door.Revenue;
import dk.sporlos.door.Source;
import dk.sporlos.intake.Inbox;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import dk.sporlos.testing.MovableClock;
import dk.sporlos.testing.TestPool;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FoldTest {
  private static final Instant BEGAN = Instant.parse("2026-11-02T10:20:30Z");

  private static TestPool database;
  private static Site site;

  private final MovableClock clock = new MovableClock(BEGAN);
  private Pool pool;
  private Inbox inbox;
  private Fold fold;

  @BeforeAll
  static void open() {
    database = TestPool.of(TestDatabase.create());
    site =
        new SiteStore(database.pool())
            .add("example.com", ZoneId.of("Europe/Copenhagen"), false)
            .await();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void empty() {
    pool = database.pool();
    pool.query("truncate hit, visit, event, set_aside").execute().await();
    inbox = new Inbox(pool, new SimpleMeterRegistry());
    fold = new Fold(pool, new Partitions(pool), new SecureRandom(), clock);
  }

  @Test
  void makesOneRowOfTheHitsOfAVisitAndDeletesThem() {
    write(
        view(7, 0, "/", 0),
        engagement(7, 0, "/", 20, 12, 40),
        view(7, 1, "/prices", 30),
        engagement(7, 1, "/prices", 60, 25, 90),
        event(7, 2, "/prices", "Order", 90));

    fold.fold(List.of(ended(7))).await();

    Row visit = onlyVisit();
    assertThat(visit.getLocalDate("day")).isEqualTo(LocalDate.of(2026, 11, 2));
    assertThat(visit.getOffsetDateTime("hour"))
        .isEqualTo(OffsetDateTime.parse("2026-11-02T10:00:00Z"));
    assertThat(visit.getLong("visitor")).isEqualTo(22);
    assertThat(visit.getShort("views")).isEqualTo((short) 2);
    assertThat(visit.getShort("events")).isEqualTo((short) 1);
    assertThat(visit.getShort("seconds")).isEqualTo((short) 90);
    assertThat(visit.getBoolean("bounced")).isFalse();
    assertThat(path(visit.getInteger("entry_page"))).isEqualTo("/");
    assertThat(path(visit.getInteger("exit_page"))).isEqualTo("/prices");
    assertThat(count("hit")).isZero();
  }

  @Test
  void packsStepsInOrderWithTheEngagementOfEachPage() {
    write(
        view(7, 0, "/", 0),
        engagement(7, 0, "/", 10, 12, 40),
        engagement(7, 0, "/", 20, 3, 60),
        event(7, 1, "/", "Order", 25),
        view(7, 2, "/prices", 30));

    fold.fold(List.of(ended(7))).await();

    List<String> steps = new ArrayList<>();
    pool.query(
            """
            select step, path, name, engaged_seconds, scroll
            from visit, unpack(steps) as s
            join page on page.id = s.page_id
            left join event_name on event_name.id = s.name_id
            order by step
            """)
        .execute()
        .await()
        .forEach(row -> steps.add(row.deepToString()));
    assertThat(steps)
        .containsExactly("[0,/,null,15,60]", "[1,/,Order,null,null]", "[2,/prices,null,0,null]");
  }

  @Test
  void callsAVisitOfOnePageABounceUnlessSomethingInteractiveHappened() {
    write(view(1, 0, "/", 0), engagement(1, 0, "/", 20, 12, 40));
    write(view(2, 0, "/", 0), event(2, 1, "/", "Video played by itself", false, 1));
    write(view(3, 0, "/", 0), event(3, 1, "/", "Order", 1));

    fold.fold(List.of(ended(1), ended(2))).await();
    assertThat(count("visit where bounced")).isEqualTo(2);
    fold.fold(List.of(ended(3))).await();
    assertThat(count("visit where not bounced")).isEqualTo(1);
  }

  @Test
  void makesNoVisitOfEngagementsAlone() {
    write(engagement(7, 0, "/", 20, 12, 40));

    fold.fold(List.of(ended(7))).await();

    assertThat(count("visit")).isZero();
    assertThat(count("hit")).isZero();
  }

  @Test
  void givesTheRowAnotherNumberThanTheVisitHadInTheInbox() {
    write(view(7, 0, "/", 0));

    fold.fold(List.of(ended(7))).await();

    assertThat(onlyVisit().getLong("id")).isNotEqualTo(7);
  }

  @Test
  void foldingTwiceOrAtOnceChangesNothing() {
    write(view(7, 0, "/", 0));

    Future.all(
            fold.fold(List.of(ended(7))),
            fold.fold(List.of(ended(7))),
            fold.fold(List.of(ended(7))))
        .await();
    fold.fold(List.of(ended(7))).await();

    assertThat(count("visit")).isEqualTo(1);
  }

  @Test
  void countsAVisitOnTheLocalDayAndHourInWhichItBegan() {
    Instant beforeMidnight = Instant.parse("2026-11-02T22:50:00Z");
    clock.set(beforeMidnight);
    write(
        aHit().site(site.id()).visit(7).at(beforeMidnight).build(),
        aHit().site(site.id()).visit(7).at(beforeMidnight.plusSeconds(1200)).step(1).build());

    fold.fold(List.of(new EndedVisit(site.id(), 7, beforeMidnight))).await();

    Row visit = onlyVisit();
    assertThat(visit.getLocalDate("day")).isEqualTo(LocalDate.of(2026, 11, 2));
    assertThat(visit.getOffsetDateTime("hour"))
        .isEqualTo(OffsetDateTime.parse("2026-11-02T22:00:00Z"));
  }

  @Test
  void keepsBothHoursApartWhenTheClocksGoBack() {
    Instant summer = Instant.parse("2026-10-25T00:30:00Z");
    Instant winter = Instant.parse("2026-10-25T01:30:00Z");
    clock.set(winter);
    write(
        aHit().site(site.id()).visit(1).at(summer).build(),
        aHit().site(site.id()).visit(2).at(winter).build());

    fold.fold(List.of(new EndedVisit(site.id(), 1, summer), new EndedVisit(site.id(), 2, winter)))
        .await();

    assertThat(count("visit where hour = '2026-10-25T00:00:00Z'")).isEqualTo(1);
    assertThat(count("visit where hour = '2026-10-25T01:00:00Z'")).isEqualTo(1);
  }

  @Test
  void sweepsTheVisitsThatNobodyHandsOver() {
    write(view(1, 0, "/", 0), view(1, 1, "/prices", 60));
    clock.move(Duration.ofMinutes(30));
    write(aHit().site(site.id()).visit(2).at(clock.instant()).build());
    clock.move(Duration.ofMinutes(12));

    assertThat(fold.sweep().await()).isEqualTo(1);

    assertThat(onlyVisit().getShort("views")).isEqualTo((short) 2);
    assertThat(count("hit")).isEqualTo(1);
  }

  @Test
  void takesAHitThatComesAfterTheFoldForAVisitOfItsOwn() {
    write(view(7, 0, "/", 0));
    fold.fold(List.of(ended(7))).await();
    write(view(7, 1, "/late", 10));
    clock.move(Duration.ofHours(1));

    fold.sweep().await();

    assertThat(count("visit")).isEqualTo(2);
  }

  @Test
  void leavesTheHitsWhereTheyAreWhenTheTransactionFails() {
    write(view(7, 0, "/", 0));
    pool.query("alter table visit rename to away").execute().await();
    try {
      assertThat(
              fold.fold(List.of(ended(7)))
                  .transform(done -> Future.succeededFuture(done.failed()))
                  .await())
          .isTrue();
    } finally {
      pool.query("alter table away rename to visit").execute().await();
    }

    assertThat(count("hit")).isEqualTo(1);
    assertThat(count("set_aside")).isZero();
    assertThat(fold.fold(List.of(ended(7))).await()).isEqualTo(1);
  }

  @Test
  void keepsWhatIsKnownOfTheVisitFromTheHitThatOpenedIt() {
    Attributes known =
        new Attributes(
            new Client("Firefox", "141", "Windows", "11", "Desktop", "Large", "da"),
            new Place("DK", "DK-84", ""),
            new Source("Organic Search", "Google", "google.com", "/"),
            new Campaign("news", "email", "autumn", "", ""));
    write(
        aHit().site(site.id()).visit(7).at(BEGAN).attributes(known).build(),
        view(7, 1, "/prices", 30));

    fold.fold(List.of(ended(7))).await();

    assertThat(
            count(
                """
                visit
                join client on client.id = client_id and browser = 'Firefox'
                join place on place.id = place_id and country = 'DK'
                join referrer on referrer.id = referrer_id and referrer.source = 'Google'
                join campaign on campaign.id = campaign_id and campaign.source = 'news'
                """))
        .isEqualTo(1);
  }

  @Test
  void keepsZeroWhereNothingIsKnownOfTheVisit() {
    write(view(7, 0, "/", 0));

    fold.fold(List.of(ended(7))).await();

    assertThat(
            count(
                "visit where client_id = 0 and place_id = 0 and referrer_id = 0 and campaign_id = 0"))
        .isEqualTo(1);
  }

  @Test
  void keepsWhatIsSaidOfStepsBesideTheVisitAtThePositionsThatItsStepsHave() {
    Revenue price = new Revenue(new BigDecimal("1299.95"), "DKK");
    write(
        view(7, 0, "/", 0),
        engagement(7, 1, "/lost", 10, 5, 50),
        said(7, 2, new Action.PageView(), Map.of("author", "Karen"), null),
        said(7, 3, new Action.Event("Order", true), Map.of("size", "XL"), price),
        said(7, 4, new Action.Event("Tip", true), Map.of(), price),
        view(7, 5, "/", 50),
        view(8, 0, "/", 0));

    fold.fold(List.of(ended(7), ended(8))).await();

    assertThat(
            texts(
                """
                select concat_ws(' ', event.step, s.step, path, name, revenue, currency, properties)
                from event
                join visit on visit.id = event.visit and visit.site_id = event.site_id
                  and visit.day = event.day
                join lateral unpack(steps) as s on s.step = event.step
                  and s.name_id is not distinct from event.name_id
                join page on page.id = s.page_id
                left join event_name on event_name.id = event.name_id
                order by event.step
                """))
        .containsExactly(
            "1 1 /said {\"author\": \"Karen\"}",
            "2 2 /said Order 1299.950000 DKK {\"size\": \"XL\"}",
            "3 3 /said Tip 1299.950000 DKK");
    assertThat(count("visit")).isEqualTo(2);
  }

  @Test
  void truncatesASlotOnceItIsEmptyAndNotBefore() {
    clock.move(Duration.ofHours(4));
    Slots slots = new Slots(pool, clock);
    write(view(7, 0, "/", 0));

    assertThat(slots.truncateEmpty().await()).isZero();
    fold.fold(List.of(ended(7))).await();
    assertThat(slots.truncateEmpty().await()).isEqualTo(1);

    assertThat(slots.truncateEmpty().await()).isZero();
  }

  private void write(Hit... hits) {
    inbox.write(Arrays.asList(hits)).await();
  }

  private static Hit view(long visit, int step, String path, int second) {
    return hit(visit, step, path, second, new Action.PageView());
  }

  private static Hit event(long visit, int step, String path, String name, int second) {
    return event(visit, step, path, name, true, second);
  }

  private static Hit event(
      long visit, int step, String path, String name, boolean interactive, int second) {
    return hit(visit, step, path, second, new Action.Event(name, interactive));
  }

  private static Hit engagement(
      long visit, int step, String path, int second, int engagedSeconds, int scroll) {
    return hit(
        visit,
        step,
        path,
        second,
        new Action.Engagement(Duration.ofSeconds(engagedSeconds), scroll));
  }

  private static Hit said(
      long visit, int step, Action action, Map<String, String> properties, Revenue revenue) {
    return aHit()
        .site(site.id())
        .visit(visit)
        .step(step)
        .path("/said")
        .at(BEGAN.plusSeconds(step))
        .action(action)
        .properties(properties)
        .revenue(revenue)
        .build();
  }

  private static Hit hit(long visit, int step, String path, int second, Action action) {
    return aHit()
        .site(site.id())
        .visit(visit)
        .step(step)
        .path(path)
        .at(BEGAN.plusSeconds(second))
        .action(action)
        .build();
  }

  private static EndedVisit ended(long visit) {
    return new EndedVisit(site.id(), visit, BEGAN);
  }

  private Row onlyVisit() {
    var rows = pool.query("select * from visit").execute().await();
    assertThat(rows.size()).isEqualTo(1);
    return rows.iterator().next();
  }

  private String path(int page) {
    return pool.query("select path from page where id = " + page)
        .execute()
        .await()
        .iterator()
        .next()
        .getString(0);
  }

  private List<String> texts(String sql) {
    List<String> texts = new ArrayList<>();
    pool.query(sql).execute().await().forEach(row -> texts.add(row.getString(0)));
    return texts;
  }

  private long count(String from) {
    return pool.query("select count(*) from " + from)
        .execute()
        .await()
        .iterator()
        .next()
        .getLong(0);
  }
}
