package dk.sporlos.fold;

import static dk.sporlos.door.HitMother.aHit;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.TestDatabase;
import dk.sporlos.intake.Inbox;
import dk.sporlos.testing.LogLines;
import dk.sporlos.testing.MovableClock;
import dk.sporlos.testing.TestPool;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes on one database. */
class NodesTest {
  private static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");
  private static TestPool database;

  private final MovableClock clock = new MovableClock(NOON);
  private volatile Instant oldestHere;
  private volatile Instant oldestThere;
  private Nodes here;
  private Nodes there;

  @BeforeAll
  static void open() {
    database = TestPool.of(TestDatabase.create());
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void begin() {
    database.pool().query("truncate node, batch, hit").execute().await();
    here = new Nodes(database.pool(), clock, UUID.randomUUID(), "here", () -> oldestHere);
    there = new Nodes(database.pool(), clock, UUID.randomUUID(), "there", () -> oldestThere);
  }

  @Test
  void theHorizonIsTheClockWhileNobodyOwesAHit() {
    here.publish().await();
    there.publish().await();

    assertThat(here.now().await()).isEqualTo(NOON);
  }

  @Test
  void theHorizonIsTheOldestHitThatAnyNodeOwes() {
    oldestHere = NOON.minusSeconds(100);
    oldestThere = NOON.minusSeconds(200);
    there.publish().await();
    assertThat(here.now().await()).isEqualTo(oldestThere);

    oldestThere = null;
    there.publish().await();
    assertThat(here.now().await()).isEqualTo(oldestHere);

    oldestHere = null;
    assertThat(here.now().await()).isEqualTo(NOON);
  }

  @Test
  void theHorizonIsNeverPastTheLastThatANodeSaid() {
    there.publish().await();
    clock.move(Duration.ofMinutes(10));

    assertThat(here.now().await()).isEqualTo(NOON);
  }

  @Test
  void aNodeThatIsSilentForAQuarterOfAnHourIsLeftOutAndNamedOnce() {
    oldestThere = NOON.minusSeconds(5);
    there.publish().await();
    clock.move(Duration.ofMinutes(15));
    assertThat(here.now().await()).isEqualTo(oldestThere);
    assertThat(here.silent().await()).isEmpty();
    clock.move(Duration.ofSeconds(1));

    try (LogLines log = new LogLines()) {
      assertThat(here.now().await()).isEqualTo(clock.instant());
      assertThat(here.now().await()).isEqualTo(clock.instant());
      assertThat(log.lines()).singleElement().asString().contains("node there", "not been heard");
    }
    assertThat(here.silent().await()).extracting(Nodes.Node::name).containsExactly("there");

    there.publish().await();
    assertThat(here.silent().await()).isEmpty();
    assertThat(here.now().await()).isEqualTo(oldestThere);
  }

  @Test
  void aNodeThatLeavesHoldsNothingUp() {
    there.publish().await();
    clock.move(Duration.ofMinutes(5));

    there.leave().await();

    assertThat(here.now().await()).isEqualTo(clock.instant());
  }

  @Test
  void batchesAreForgottenOnceNoNodeCanSendThemAgain() {
    write(NOON);
    write(NOON.plusSeconds(3_600));
    there.publish().await();
    assertThat(forgottenAt(NOON.plus(Duration.ofHours(3)))).isZero();

    oldestThere = NOON.plus(Duration.ofHours(3));
    there.publish().await();
    assertThat(forgottenAt(NOON.plus(Duration.ofHours(5)))).isEqualTo(1);

    there.leave().await();
    oldestHere = NOON.plus(Duration.ofHours(3));
    assertThat(forgottenAt(NOON.plus(Duration.ofHours(5)))).isZero();
    oldestHere = null;
    assertThat(forgottenAt(NOON.plus(Duration.ofHours(5)))).isEqualTo(1);
  }

  @Test
  void aSilentNodeCountsForSevenDaysAsOfItsLastSignOfLife() {
    write(NOON);
    there.publish().await();

    assertThat(forgottenAt(NOON.plus(Duration.ofDays(7)))).isZero();
    assertThat(forgottenAt(NOON.plus(Duration.ofDays(7)).plusSeconds(1))).isEqualTo(1);
    assertThat(here.silent().await()).isEmpty();
  }

  @Test
  void batchesOfCountsAreForgottenAfterADayUnlessANodeIsSilent() {
    writeCounts(NOON);
    there.publish().await();
    assertThat(forgottenAt(NOON.plus(Duration.ofDays(2)))).isZero();

    there.publish().await();
    assertThat(forgottenAt(NOON.plus(Duration.ofDays(2)))).isEqualTo(1);

    writeCounts(NOON.plus(Duration.ofDays(1)).plusSeconds(3_600));
    assertThat(forgottenAt(NOON.plus(Duration.ofDays(2)))).isZero();
  }

  private static void writeCounts(Instant hour) {
    database
        .pool()
        .preparedQuery("insert into batch (site_id, hour, id) values (0, $1, $2)")
        .execute(Tuple.of(hour.atOffset(ZoneOffset.UTC), UUID.randomUUID()))
        .await();
  }

  private int forgottenAt(Instant now) {
    clock.set(now);
    return here.forget().await();
  }

  private static void write(Instant at) {
    new Inbox(database.pool(), new SimpleMeterRegistry())
        .write(List.of(aHit().at(at).build()))
        .await();
  }
}
