package dk.sporlos.intake;

import static dk.sporlos.door.HitMother.aHit;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.TestDatabase;
import dk.sporlos.door.Hit;
import dk.sporlos.door.Revenue;
import dk.sporlos.site.SiteStore;
import dk.sporlos.spool.Batch;
import dk.sporlos.spool.HitFormat;
import dk.sporlos.testing.LogLines;
import dk.sporlos.testing.MovableClock;
import dk.sporlos.testing.TestPool;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.sqlclient.Row;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A hit that PostgreSQL refuses, among others that it would take. */
class PoisonTest {
  private static final Hit TOO_DEAR =
      aHit().path("/dear").revenue(new Revenue(new BigDecimal("1e20"), "DKK")).build();
  private static final Hit NUL_IN_ITS_PATH = aHit().path("/nul\0").build();

  private static TestPool database;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Inbox inbox;

  @BeforeAll
  static void open() {
    database = TestPool.of(TestDatabase.create());
    new SiteStore(database.pool()).add("example.com", ZoneId.of("UTC"), false).await();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void empty() {
    database.pool().query("truncate hit, batch, set_aside, refusal").execute().await();
    inbox = new Inbox(database.pool(), new MovableClock("2026-11-02T12:00:00Z"), meters);
  }

  @Test
  void isFoundAndSetAsideAndTheOthersAreStored() throws Exception {
    List<Hit> hits = new ArrayList<>(good(100));
    hits.set(37, TOO_DEAR);
    hits.set(60, NUL_IN_ITS_PATH);

    assertThat(inbox.write(Batch.of(hits)).await()).containsExactlyInAnyOrder(37, 60);

    assertThat(rows("select from hit")).hasSize(98);
    List<Row> aside = rows("select * from set_aside order by reason");
    assertThat(aside).extracting(row -> row.getString("reason")).containsExactly("22003", "22021");
    assertThat(aside)
        .extracting(row -> row.getLocalDate("day"))
        .containsOnly(LocalDate.of(2026, 11, 2));
    assertThat(aside)
        .extracting(row -> row.getLong("visit"))
        .containsExactly(TOO_DEAR.visit(), NUL_IN_ITS_PATH.visit());
    assertThat(HitFormat.read(aside.get(0).getBuffer("content").getBytes()))
        .containsExactly(TOO_DEAR);
    assertThat(HitFormat.read(aside.get(1).getBuffer("content").getBytes()))
        .containsExactly(NUL_IN_ITS_PATH);
    assertThat(meters.get("sporlos.hits.setaside").counter().count()).isEqualTo(2);
  }

  @Test
  void isSetAsideOnceHoweverOftenItsBatchIsWritten() {
    Batch batch = Batch.of(List.of(good(1).get(0), TOO_DEAR));

    assertThat(inbox.write(batch).await()).containsExactly(1);
    assertThat(inbox.write(batch).await()).isEmpty();

    assertThat(rows("select from hit")).hasSize(1);
    assertThat(rows("select from set_aside")).hasSize(1);
    assertThat(rows("select * from refusal"))
        .extracting(row -> row.getString("reason") + " " + row.getLong("count"))
        .containsExactly("set-aside 1");
  }

  @Test
  void mayBeAllThatABatchHas() {
    assertThat(inbox.write(Batch.of(List.of(TOO_DEAR))).await()).containsExactly(0);
    assertThat(inbox.write(Batch.of(List.of(NUL_IN_ITS_PATH, TOO_DEAR))).await())
        .containsExactlyInAnyOrder(0, 1);

    assertThat(rows("select from hit")).isEmpty();
    assertThat(rows("select from set_aside")).hasSize(3);
  }

  @Test
  void isNotQuotedInTheLog() {
    try (LogLines log = new LogLines()) {
      inbox.write(Batch.of(List.of(TOO_DEAR))).await();

      assertThat(log.lines())
          .containsExactly("a hit cannot be stored and is set aside: PgException 22003 (1 times)");
    }
  }

  private static List<Hit> good(int count) {
    return IntStream.range(0, count).mapToObj(visit -> aHit().visit(visit).build()).toList();
  }

  private static List<Row> rows(String sql) {
    return StreamSupport.stream(database.pool().query(sql).execute().await().spliterator(), false)
        .toList();
  }
}
