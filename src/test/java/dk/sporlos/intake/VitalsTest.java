package dk.sporlos.intake;

import static dk.sporlos.door.HitMother.aHit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.sporlos.database.TestDatabase;
import dk.sporlos.door.Action;
import dk.sporlos.door.Hit;
import dk.sporlos.door.Vital;
import dk.sporlos.site.SiteId;
import dk.sporlos.site.SiteStore;
import dk.sporlos.spool.Batch;
import dk.sporlos.testing.TestPool;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is kept of vitals. */
class VitalsTest {
  private static final Instant LATE_IN_COPENHAGEN = Instant.parse("2026-11-02T23:30:00Z");

  private static TestPool database;

  private final Inbox inbox = new Inbox(database.pool(), new SimpleMeterRegistry());

  @BeforeAll
  static void open() {
    database = TestPool.of(TestDatabase.create());
    new SiteStore(database.pool()).add("a.example", ZoneId.of("Europe/Copenhagen"), false).await();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void empty() {
    database.pool().query("truncate hit, vital, batch, set_aside").execute().await();
  }

  @Test
  void areCountedByLocalDayPageDeviceAndBucket() {
    Hit slow = vitals("/a", "Mobile", Map.of(Vital.LCP, 50, Vital.CLS, 3));
    Hit quick = vitals("/a", "Mobile", Map.of(Vital.LCP, 20));
    Hit elsewhere = vitals("/b", "Desktop", Map.of(Vital.TTFB, 0, Vital.INP, 76));

    inbox.write(List.of(slow, quick, elsewhere, slow)).await();
    inbox.write(List.of(quick)).await();

    assertThat(kept())
        .containsExactly(
            "2026-11-03 /a Mobile 0 20: 2",
            "2026-11-03 /a Mobile 0 50: 2",
            "2026-11-03 /a Mobile 2 3: 2",
            "2026-11-03 /b Desktop 1 76: 1",
            "2026-11-03 /b Desktop 3 0: 1");
    assertThat(rows("select count(*)::text from hit")).containsExactly("0");
  }

  @Test
  void ofABatchThatIsWrittenAgainCountOnce() {
    Batch batch = Batch.of(List.of(vitals("/", "", Map.of(Vital.LCP, 1))));

    inbox.write(batch).await();
    inbox.write(batch).await();

    assertThat(kept()).containsExactly("2026-11-03 /  0 1: 1");
  }

  @Test
  void ofASiteThatIsGoneAreDropped() {
    inbox
        .write(
            List.of(
                aHit()
                    .site(new SiteId(99))
                    .action(new Action.Vitals(Map.of(Vital.LCP, 1), ""))
                    .build()))
        .await();

    assertThat(kept()).isEmpty();
  }

  @Test
  void thatPostgresqlRefusesAreSetAsideAndTheOthersCount() {
    Hit good = vitals("/a", "", Map.of(Vital.LCP, 1));
    Hit beyond = vitals("/a", "\0", Map.of(Vital.LCP, 1));

    assertThat(inbox.write(Batch.of(List.of(good, beyond, good))).await()).containsExactly(1);

    assertThat(kept()).containsExactly("2026-11-03 /a  0 1: 2");
    assertThat(rows("select count(*)::text from set_aside")).containsExactly("1");
  }

  @Test
  void shareNoBatchWithVisits() {
    Hit view = aHit().build();
    Hit vitals = vitals("/", "", Map.of(Vital.LCP, 1));

    assertThatThrownBy(() -> Batch.of(List.of(view, vitals)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("vitals share no batch with visits");
  }

  private static Hit vitals(String path, String device, Map<Vital, Integer> buckets) {
    return aHit()
        .at(LATE_IN_COPENHAGEN)
        .visit(0)
        .path(path)
        .action(new Action.Vitals(buckets, device))
        .build();
  }

  private static List<String> kept() {
    return rows(
        """
        select concat(day, ' ', path, ' ', device, ' ', metric, ' ', bucket, ': ', views)
        from vital join page on page.site_id = vital.site_id and page.id = page_id
        order by day, path, metric, bucket
        """);
  }

  private static List<String> rows(String sql) {
    List<String> found = new ArrayList<>();
    database.pool().query(sql).execute().await().forEach(row -> found.add(row.getString(0)));
    return found;
  }
}
