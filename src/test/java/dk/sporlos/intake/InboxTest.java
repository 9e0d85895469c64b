package dk.sporlos.intake;

import static dk.sporlos.door.HitMother.aHit;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.TestDatabase;
import dk.sporlos.door.Action;
import dk.sporlos.door.Attributes;
import dk.sporlos.door.Campaign;
import dk.sporlos.door.Client;
import dk.sporlos.door.Hit;
import dk.sporlos.door.Place;
import dk.sporlos.door.Revenue;
import dk.sporlos.door.Source;
import dk.sporlos.site.SiteId;
import dk.sporlos.testing.TestPool;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InboxTest {
  private static TestPool database;

  private Inbox inbox;

  @BeforeAll
  static void open() {
    database = TestPool.of(TestDatabase.create());
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void empty() {
    database
        .pool()
        .query("truncate hit, page, event_name, client, place, referrer, campaign")
        .execute()
        .await();
    inbox = new Inbox(database.pool(), new SimpleMeterRegistry());
  }

  @Test
  void writesEveryPartOfAHit() {
    Instant at = Instant.parse("2026-11-02T10:20:30Z");
    inbox
        .write(
            List.of(
                aHit().at(at).visit(5).visitor(6).path("/a").build(),
                aHit()
                    .at(at)
                    .step(1)
                    .path("/a")
                    .action(new Action.Engagement(Duration.ofMillis(1_500), 80))
                    .build(),
                aHit().at(at).step(2).action(new Action.Event("Order", false)).build()))
        .await();

    List<Row> rows =
        rows(
            """
            select hit.*, host, path, name from hit
            join page on page.id = page_id
            left join event_name on event_name.id = name_id
            order by step
            """);
    assertThat(rows).hasSize(3);
    assertThat(rows.get(0).getLong("visit")).isEqualTo(5);
    assertThat(rows.get(0).getLong("visitor")).isEqualTo(6);
    assertThat(rows.get(0).getOffsetDateTime("at"))
        .isEqualTo(OffsetDateTime.parse("2026-11-02T10:20:30Z"));
    assertThat(rows.get(0).getShort("kind")).isZero();
    assertThat(rows.get(0).getString("path")).isEqualTo("/a");
    assertThat(rows.get(0).getString("host")).isEqualTo("example.com");
    assertThat(rows.get(0).getShort("slot")).isEqualTo((short) Inbox.slot(at));
    assertThat(rows.get(1).getShort("kind")).isEqualTo((short) 2);
    assertThat(rows.get(1).getInteger("engaged_ms")).isEqualTo(1_500);
    assertThat(rows.get(1).getShort("scroll")).isEqualTo((short) 80);
    assertThat(rows.get(2).getShort("kind")).isEqualTo((short) 1);
    assertThat(rows.get(2).getString("name")).isEqualTo("Order");
    assertThat(rows.get(2).getBoolean("interactive")).isFalse();
  }

  @Test
  void writesWhatIsKnownOfAVisitWithTheHitThatOpensIt() {
    Attributes known =
        new Attributes(
            new Client("Firefox", "141", "Windows", "11", "Desktop", "Large", "da"),
            new Place("DK", "DK-84", "København"),
            new Source("Organic Search", "Google", "google.com", "/"),
            new Campaign("news", "email", "autumn", "top", "wool"));
    inbox
        .write(
            List.of(
                aHit().attributes(known).build(),
                aHit().step(1).build(),
                aHit()
                    .visit(12)
                    .attributes(new Attributes(Client.UNKNOWN, Place.UNKNOWN, Source.DIRECT, null))
                    .build()))
        .await();

    assertThat(
            rows(
                """
                select concat_ws(' ', step, client.*, place.*, referrer.*, campaign.*) from hit
                left join (select id, concat_ws('/', browser, browser_version, os, os_version,
                  device, screen, language) from client) as client on client.id = client_id
                left join (select id, concat_ws('/', country, region, city) from place) as place
                  on place.id = place_id
                left join (select id, concat_ws('/', channel, source, host, path) from referrer)
                  as referrer on referrer.id = referrer_id
                left join (select id, concat_ws('/', source, medium, name, content, term)
                  from campaign) as campaign on campaign.id = campaign_id
                order by visit, step
                """))
        .extracting(row -> row.getString(0).replaceAll("\\([0-9]+,|[()\"]", ""))
        .containsExactly(
            "0 Firefox/141/Windows/11/Desktop/Large/da DK/DK-84/København"
                + " Organic Search/Google/google.com// news/email/autumn/top/wool",
            "1",
            "0 ////// // Direct///");
  }

  @Test
  void writesWhatAWebsiteSaysOfAStep() {
    inbox
        .write(
            List.of(
                aHit()
                    .properties(Map.of("colour", "blå \"and\" \\ {,}", "size", "XL"))
                    .revenue(new Revenue(new BigDecimal("-123456789012345.000001"), "DKK"))
                    .build(),
                aHit().step(1).build()))
        .await();

    List<Row> rows = rows("select properties, revenue::text, currency from hit order by step");
    assertThat(rows.get(0).getJsonObject(0))
        .isEqualTo(new JsonObject().put("colour", "blå \"and\" \\ {,}").put("size", "XL"));
    assertThat(rows.get(0).getString(1)).isEqualTo("-123456789012345.000001");
    assertThat(rows.get(0).getString(2)).isEqualTo("DKK");
    assertThat(rows("select from hit where num_nonnulls(properties, revenue, currency) > 0"))
        .hasSize(1);
  }

  @Test
  void cutsTextsThatNoIndexCanHold() {
    Campaign endless = new Campaign("a".repeat(3_000), "b", "", "", "");
    Source far = new Source("Referral", "example.org", "example.org", "/" + "æ".repeat(2_000));
    inbox
        .write(
            List.of(
                aHit()
                    .path("/" + "ø".repeat(4_000))
                    .attributes(new Attributes(Client.UNKNOWN, Place.UNKNOWN, far, endless))
                    .build()))
        .await();

    assertThat(rows("select octet_length(host || path) from page").get(0).getInteger(0))
        .isEqualTo(2_000);
    assertThat(
            rows("select octet_length(channel || source || host || path) from referrer")
                .get(0)
                .getInteger(0))
        .isEqualTo(1_999);
    assertThat(rows("select length(source), medium from campaign").get(0).deepToString())
        .isEqualTo("[2000,]");
  }

  @Test
  void keepsThePagesOfSitesApart() {
    inbox
        .write(
            List.of(
                aHit().site(new SiteId(1)).path("/a").build(),
                aHit().site(new SiteId(2)).path("/a").build()))
        .await();

    assertThat(rows("select distinct site_id from page where path = '/a'")).hasSize(2);
  }

  @Test
  void givesAPageOneNumberWhoeverWritesItFirst() {
    List<Future<?>> writes = new ArrayList<>();
    for (int writer = 0; writer < 4; writer++) {
      Inbox own = new Inbox(database.pool(), new SimpleMeterRegistry());
      writes.add(own.write(manyPages()));
    }

    Future.all(writes).await();

    assertThat(rows("select from page")).hasSize(200);
    assertThat(rows("select from hit")).hasSize(800);
    assertThat(rows("select from hit where page_id not in (select id from page)")).isEmpty();
  }

  @Test
  void changesSlotsByTheHour() {
    Instant at = Instant.parse("2026-11-02T10:59:59Z");

    assertThat(Inbox.slot(at.plusSeconds(1))).isEqualTo((Inbox.slot(at) + 1) % Inbox.SLOTS);
    assertThat(Inbox.slot(at.minusSeconds(3_599))).isEqualTo(Inbox.slot(at));
    assertThat(Inbox.slot(Instant.EPOCH.minusSeconds(1))).isEqualTo(Inbox.SLOTS - 1);
  }

  private static List<Hit> manyPages() {
    return IntStream.range(0, 200).mapToObj(page -> aHit().path("/" + page).build()).toList();
  }

  private static List<Row> rows(String sql) {
    return StreamSupport.stream(database.pool().query(sql).execute().await().spliterator(), false)
        .toList();
  }
}
