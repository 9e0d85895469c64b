package dk.sporlos.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.TestDatabase;
import dk.sporlos.testing.TestPool;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PartitionsTest {
  private static final String BOUNDS =
      """
      select relname || ' ' || pg_get_expr(relpartbound, oid) from pg_class
      where relispartition and relname like 'visit\\_%' and relkind = 'r'
      order by relname
      """;

  private final DatabaseUrl url = TestDatabase.create();
  private TestPool database;
  private Partitions partitions;

  @BeforeEach
  void open() {
    database = TestPool.of(url);
    partitions = new Partitions(database.pool());
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void eachMonthOfAPeriodHasItsPlaceAlsoAtTheEndsOfYears() {
    partitions.ensure(LocalDate.of(2026, 11, 30), LocalDate.of(2027, 1, 1)).await();

    assertThat(bounds())
        .containsExactly(
            "visit_2026_11 FOR VALUES FROM ('2026-11-01') TO ('2026-12-01')",
            "visit_2026_12 FOR VALUES FROM ('2026-12-01') TO ('2027-01-01')",
            "visit_2027_01 FOR VALUES FROM ('2027-01-01') TO ('2027-02-01')");
  }

  @Test
  void aDayAtEitherEndOfAMonthIsOfThatMonth() {
    partitions
        .ensure(
            List.of(
                LocalDate.of(2028, 2, 29), LocalDate.of(2026, 12, 31), LocalDate.of(2028, 2, 1)))
        .await();

    assertThat(bounds())
        .containsExactly(
            "visit_2026_12 FOR VALUES FROM ('2026-12-01') TO ('2027-01-01')",
            "visit_2028_02 FOR VALUES FROM ('2028-02-01') TO ('2028-03-01')");
  }

  @Test
  void aPeriodOfOneDayIsOneMonth() {
    partitions.ensure(LocalDate.of(2026, 11, 1), LocalDate.of(2026, 11, 1)).await();

    assertThat(bounds()).hasSize(1);
  }

  @Test
  void processesThatMakeTheSameMonthsAtOnceMakeThemOnce() {
    try (TestPool another = TestPool.of(url)) {
      List<Future<?>> made = new ArrayList<>();
      for (int process = 0; process < 4; process++) {
        made.add(year(new Partitions(database.pool())));
        made.add(year(new Partitions(another.pool())));
      }

      Future.all(made).await();
    }

    assertThat(bounds()).hasSize(12);
  }

  @Test
  void whatIsThereIsAskedForOnceAndThenKnown() {
    Partitions watching = new Partitions(database.pool());
    year(watching).await();
    run("drop table visit_2026_05");

    year(watching).await();

    assertThat(bounds()).hasSize(11);
  }

  @Test
  void monthsThatAnotherProcessMadeDoNotWaitForThoseWhoReadVisits() throws Exception {
    year(partitions).await();
    SqlConnection reader = database.pool().getConnection().await();
    Transaction reading = reader.begin().await();
    try {
      reader.query("select count(*) from visit").execute().await();

      year(new Partitions(database.pool())).await(5, TimeUnit.SECONDS);
    } finally {
      reading.rollback().await();
      reader.close().await();
    }
  }

  @Test
  void whatFailedIsTriedAgain() {
    run("alter table visit rename to away");
    assertThatThrownBy(year(partitions)::await).isInstanceOf(PgException.class);
    run("alter table away rename to visit");

    year(partitions).await();

    assertThat(bounds()).hasSize(12);
  }

  private static Future<Void> year(Partitions partitions) {
    return partitions.ensure(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 12, 31));
  }

  private List<String> bounds() {
    List<String> bounds = new ArrayList<>();
    database.pool().query(BOUNDS).execute().await().forEach(row -> bounds.add(row.getString(0)));
    return bounds;
  }

  private void run(String sql) {
    database.pool().query(sql).execute().await();
  }
}
