package dk.sporlos.fold;

import static dk.sporlos.door.HitMother.aHit;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.TestDatabase;
import dk.sporlos.intake.Inbox;
import dk.sporlos.testing.MovableClock;
import dk.sporlos.testing.TestPool;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlotsTest {
  private static final Instant NOW = Instant.parse("2026-11-02T10:20:30Z");
  private static TestPool database;

  private final MovableClock clock = new MovableClock(NOW);
  private Slots slots;

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
    run("truncate hit");
    slots = new Slots(database.pool(), clock);
  }

  @Test
  void theSlotOfThisHourAndThoseBesideItAreLeftAlone() {
    leaveEverySlotUsedAndEmpty();

    assertThat(slots.truncateEmpty().await()).isEqualTo(Inbox.SLOTS - 3);

    assertThat(used())
        .containsExactlyInAnyOrder(
            table(NOW), table(NOW.minusSeconds(3_600)), table(NOW.plusSeconds(3_600)));
  }

  @Test
  void aSlotLeftAloneIsTruncatedOnceItsHourIsPast() {
    leaveEverySlotUsedAndEmpty();
    slots.truncateEmpty().await();
    clock.move(Duration.ofHours(3));

    assertThat(slots.truncateEmpty().await()).isEqualTo(3);

    assertThat(used()).isEmpty();
  }

  @Test
  void theAgeOfTheOldestHitIsThatOfTheOldestSlotThatHasOne() {
    MeterRegistry meters = new SimpleMeterRegistry();
    InboxSize size = new InboxSize(database.pool(), clock, meters);
    TimeGauge age = meters.get("sporlos.inbox.age").timeGauge();
    size.findOldest().await();
    assertThat(age.value(TimeUnit.SECONDS)).isZero();

    write(NOW.minus(Duration.ofMinutes(1)));
    write(NOW.minus(Duration.ofHours(4)));
    write(NOW.minus(Duration.ofHours(3)));
    size.findOldest().await();

    assertThat(age.value(TimeUnit.HOURS)).isEqualTo(4);
  }

  @Test
  void aHitThatIsStillThereKeepsItsSlot() {
    Instant old = NOW.minus(Duration.ofHours(4));
    write(old);

    assertThat(slots.truncateEmpty().await()).isZero();

    assertThat(used()).containsExactly(table(old));
  }

  @Test
  void aWriterIsWaitedForOnlyBrieflyAndTheOtherSlotsAreTruncated() throws Exception {
    leaveEverySlotUsedAndEmpty();
    String busy = table(NOW.minus(Duration.ofHours(4)));
    SqlConnection writer = database.pool().getConnection().await();
    Transaction writing = writer.begin().await();
    try {
      writer.query("lock table " + busy + " in row exclusive mode").execute().await();

      int truncated = slots.truncateEmpty().await(5, TimeUnit.SECONDS);

      assertThat(truncated).isEqualTo(Inbox.SLOTS - 4);
      assertThat(used()).contains(busy);
    } finally {
      writing.rollback().await();
      writer.close().await();
    }
    assertThat(slots.truncateEmpty().await()).isEqualTo(1);
  }

  @Test
  void twoProcessesDoNotHinderEachOther() {
    leaveEverySlotUsedAndEmpty();
    Slots another = new Slots(database.pool(), clock);

    var one = slots.truncateEmpty();
    var two = another.truncateEmpty();

    assertThat(one.await() + two.await()).isGreaterThanOrEqualTo(Inbox.SLOTS - 3);
    assertThat(used()).hasSize(3);
  }

  private static void leaveEverySlotUsedAndEmpty() {
    for (int hour = 0; hour < Inbox.SLOTS; hour++) {
      write(NOW.plus(Duration.ofHours(hour)));
    }
    run("delete from hit");
    assertThat(used()).hasSize(Inbox.SLOTS);
  }

  private static void write(Instant at) {
    new Inbox(database.pool(), new SimpleMeterRegistry())
        .write(List.of(aHit().at(at).build()))
        .await();
  }

  private static String table(Instant at) {
    return "hit_" + Inbox.slot(at);
  }

  /** The slots that take space. */
  private static List<String> used() {
    List<String> used = new ArrayList<>();
    for (int slot = 0; slot < Inbox.SLOTS; slot++) {
      String table = "hit_" + slot;
      boolean takesSpace =
          database
              .pool()
              .query("select pg_relation_size('" + table + "') > 0")
              .execute()
              .await()
              .iterator()
              .next()
              .getBoolean(0);
      if (takesSpace) {
        used.add(table);
      }
    }
    return used;
  }

  private static void run(String sql) {
    database.pool().query(sql).execute().await();
  }
}
