package dk.sporlos.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class DatabaseTest {
  private static final Vertx VERTX = Vertx.vertx();
  private static final DatabaseUrl URL = TestDatabase.create();

  @AfterAll
  static void stop() {
    VERTX.close().await();
  }

  @Test
  void signsInUnderItsOwnName() {
    Database database = new Database(VERTX, URL);

    assertThat(text(database.pool(), "select current_setting('application_name')"))
        .isEqualTo("sporlos");

    database.close().await();
  }

  @Test
  void preparesAStatementOnce() {
    Database database = new Database(VERTX, URL);
    Pool pool = database.open("one", 1);

    pool.preparedQuery("select $1::int").execute(Tuple.of(1)).await();
    pool.preparedQuery("select $1::int").execute(Tuple.of(2)).await();

    assertThat(
            text(
                pool,
                "select sum(generic_plans + custom_plans)::text from pg_prepared_statements where statement = 'select $1::int'"))
        .isEqualTo("2");
    database.close().await();
  }

  @Test
  void opensNoMoreConnectionsThanAsked() {
    Database database = new Database(VERTX, URL);
    Pool pool = database.open("two", 2);
    SqlConnection first = pool.getConnection().await();
    SqlConnection second = pool.getConnection().await();

    Future<SqlConnection> third = pool.getConnection();

    assertThat(
            text(
                database.pool(),
                "select count(*)::text from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"))
        .isEqualTo("2");
    assertThat(third.isComplete()).isFalse();
    first.close().await();
    third.await().close().await();
    second.close().await();
    database.close().await();
  }

  @Test
  void saysThatTheServerAnswers() {
    Database database = new Database(VERTX, URL);

    database.ping().await();

    database.close().await();
  }

  @Test
  void saysThatNoServerIsThere() {
    Database database =
        new Database(
            VERTX, DatabaseUrl.parse("postgresql://ann@127.0.0.1:1/nowhere?sslmode=disable"));

    assertThatThrownBy(() -> database.ping().await()).isInstanceOf(ConnectException.class);

    database.close().await();
  }

  @Test
  void saysAfterTwoSecondsThatTheServerDoesNotAnswer() throws IOException {
    try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Database database =
          new Database(
              VERTX,
              DatabaseUrl.parse(
                  "postgresql://ann@127.0.0.1:%d/nowhere?sslmode=disable"
                      .formatted(mute.getLocalPort())));

      assertThatThrownBy(() -> database.ping().await()).isInstanceOf(TimeoutException.class);
    }
  }

  @Test
  void endsTheConnectionsOfAllItsPools() {
    Database watcher = new Database(VERTX, URL);
    DatabaseUrl url = TestDatabase.create();
    Database database = new Database(VERTX, url);
    database.ping().await();
    database.open("other", 1).query("select 1").execute().await();

    database.close().await();

    Deadline deadline = Deadline.in(Duration.ofSeconds(10));
    String connections =
        "select count(*)::text from pg_stat_activity where datname = '%s'"
            .formatted(url.database());
    while (!text(watcher.pool(), connections).equals("0") && !deadline.isPast()) {
      deadline.pause();
    }
    assertThat(text(watcher.pool(), connections)).isEqualTo("0");
    watcher.close().await();
  }

  private static String text(Pool pool, String query) {
    return pool.query(query).execute().await().iterator().next().getString(0);
  }
}
