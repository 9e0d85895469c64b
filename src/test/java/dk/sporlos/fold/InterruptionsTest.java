package dk.sporlos.fold;

import static dk.sporlos.door.HitMother.aHit;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.TestDatabase;
import dk.sporlos.intake.Inbox;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import dk.sporlos.testing.MovableClock;
import dk.sporlos.testing.TestPool;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Days on which a process of two lost its memory. */
class InterruptionsTest {
  /** Of the day after in Copenhagen. */
  private static final Instant LATE = Instant.parse("2026-11-02T23:30:00Z");

  private static final LocalDate DAY = LocalDate.parse("2026-11-03");

  private static TestPool database;
  private static Site site;

  private final MovableClock clock = new MovableClock(LATE);
  private Nodes there;
  private Interruptions interruptions;

  @BeforeAll
  static void open() {
    database = TestPool.of(TestDatabase.create());
    SiteStore sites = new SiteStore(database.pool());
    site = sites.add("example.com", ZoneId.of("Europe/Copenhagen"), false).await();
    sites.add("quiet.example", ZoneId.of("Europe/Copenhagen"), false).await();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void begin() {
    database.pool().query("truncate node, batch, hit, interruption").execute().await();
    there = new Nodes(database.pool(), clock, UUID.randomUUID(), "there", () -> null);
    interruptions =
        new Interruptions(
            database.pool(),
            new Nodes(database.pool(), clock, UUID.randomUUID(), "here", () -> null),
            clock);
    new Inbox(database.pool(), new SimpleMeterRegistry())
        .write(List.of(aHit().site(site.id()).at(LATE).build()))
        .await();
  }

  @Test
  void theDayOnWhichASilentNodeWasLastHeardOfIsMarkedWhereSomebodyWas() {
    there.publish().await();
    clock.move(Duration.ofDays(2));

    interruptions.markSilent().await();

    assertThat(marked()).containsExactly(site.id().value() + " " + DAY);
  }

  @Test
  void aNodeThatIsHeardOfMarksNothing() {
    there.publish().await();
    clock.move(Duration.ofMinutes(15));

    interruptions.markSilent().await();

    assertThat(marked()).isEmpty();
  }

  @Test
  void aSilenceIsMarkedOnceAndTheNextOneAgain() {
    there.publish().await();
    clock.move(Duration.ofMinutes(16));
    interruptions.markSilent().await();
    database.pool().query("truncate interruption").execute().await();

    interruptions.markSilent().await();
    assertThat(marked()).isEmpty();

    there.publish().await();
    clock.move(Duration.ofMinutes(16));
    interruptions.markSilent().await();
    assertThat(marked()).hasSize(1);
  }

  @Test
  void whoBeginsWithoutMemoryMarksToday() {
    interruptions.beganWithoutMemory().await();

    assertThat(marked()).containsExactly(site.id().value() + " " + DAY);
  }

  private static List<String> marked() {
    return StreamSupport.stream(
            database
                .pool()
                .query("select site_id, day from interruption order by 1, 2")
                .execute()
                .await()
                .spliterator(),
            false)
        .map(row -> row.getInteger(0) + " " + row.getLocalDate(1))
        .toList();
  }
}
