package dk.sporlos.stats;

import static dk.sporlos.stats.TestVisit.aVisit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.sporlos.site.Site;
import dk.sporlos.testing.MovableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database with one page view, and another in its place as a replica, which has two. */
class ReadsTest {
  private static final String QUESTION =
      "{\"site_id\":\"any\",\"metrics\":[\"pageviews\"],\"date_range\":\"7d\"}";

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final MovableClock clock = new MovableClock("2026-11-24T12:00:00Z");
  private Vertx vertx;
  private TestSites primary;
  private TestSites replica;
  private Site site;

  @BeforeEach
  void create() {
    vertx = Vertx.vertx();
    primary = TestSites.create(vertx).month("2026-11");
    replica = TestSites.create(vertx).month("2026-11");
    site = primary.site("example.com", "UTC");
    primary.open(site, aVisit("2026-11-24T09:00:00Z").views("/"));
    replica.open(
        replica.site("example.com", "UTC"), aVisit("2026-11-24T09:00:00Z").views("/", "/a"));
  }

  @AfterEach
  void close() {
    primary.close();
    replica.close();
    vertx.close().await();
  }

  @Test
  void areOfTheReplicaAndSayHowFarItsDataGo() {
    sign("2026-11-24 11:59:50.4Z");

    JsonObject answer = ask(replica.pool());

    assertThat(views(answer)).isEqualTo(2);
    assertThat(answer.getJsonObject("meta").getString("data_to")).isEqualTo("2026-11-24T11:59:50Z");
    assertThat(counted("used")).isEqualTo(1);
    assertThat(meters.get("sporlos.replica.behind").timeGauge().value()).isEqualTo(9.6);
  }

  @Test
  void areOfTheDatabaseWhileTheReplicaIsTooFarBehind() {
    sign("2026-11-24 11:59:29Z");

    JsonObject answer = ask(replica.pool());

    assertThat(views(answer)).isEqualTo(1);
    assertThat(answer.getJsonObject("meta").containsKey("data_to")).isFalse();
    assertThat(counted("behind")).isEqualTo(1);
  }

  @Test
  void areOfTheDatabaseIfTheOtherShowsNoSignOfAProcess() {
    assertThat(views(ask(replica.pool()))).isEqualTo(1);
    assertThat(counted("behind")).isEqualTo(1);
  }

  @Test
  void areOfTheDatabaseWhileTheReplicaIsAway() {
    Pool nowhere =
        PgBuilder.pool()
            .using(vertx)
            .connectingTo(new PgConnectOptions().setHost("127.0.0.1").setPort(1))
            .build();

    assertThat(views(ask(nowhere))).isEqualTo(1);
    assertThat(counted("away")).isEqualTo(1);
  }

  @Test
  void areOfTheDatabaseOnceTheReplicaFailsAtAQuestion() {
    sign("2026-11-24 11:59:59Z");
    replica.pool().query("drop table sealed_day").execute().await();

    assertThat(views(ask(replica.pool()))).isEqualTo(1);
    assertThat(counted("failed")).isEqualTo(1);
  }

  @Test
  void whatIsWrongToAskIsNotAskedTwice() {
    sign("2026-11-24 11:59:59Z");
    String wrong = QUESTION.replace("\"7d\"", "\"7d\",\"filters\":[[\"is\",\"segment\",[9]]]");

    assertThatThrownBy(() -> ask(replica.pool(), wrong)).isInstanceOf(InvalidQueryException.class);
    assertThat(counted("failed")).isZero();
  }

  @Test
  void areOfTheReplicaAgainOnceItHasCaughtUp() {
    sign("2026-11-24 11:00:00Z");
    Stats stats = stats(replica.pool());
    assertThat(views(TestQueries.answer(stats, site, QUESTION))).isEqualTo(1);

    sign("2026-11-24 11:59:59Z");
    long began = System.nanoTime();
    long views = 1;
    while (views == 1 && System.nanoTime() - began < Duration.ofSeconds(10).toNanos()) {
      views = views(TestQueries.answer(stats, site, QUESTION));
    }

    assertThat(views).isEqualTo(2);
  }

  @Test
  void areOfTheDatabaseWithoutAReplica() {
    assertThat(views(ask(null))).isEqualTo(1);
  }

  /** A process gave a sign of life, as far as the replica knows. */
  private void sign(String at) {
    replica
        .pool()
        .query(
            "insert into node (id, name, started_at, seen_at) values (gen_random_uuid(), 'one',"
                + " '%1$s', '%1$s')".formatted(at))
        .execute()
        .await();
  }

  private JsonObject ask(@Nullable Pool other) {
    return ask(other, QUESTION);
  }

  private JsonObject ask(@Nullable Pool other, String question) {
    return TestQueries.answer(stats(other), site, question);
  }

  private Stats stats(@Nullable Pool other) {
    return new Stats(
        primary.pool(), new Reads(primary.pool(), other, null, clock, meters), clock, meters);
  }

  private static long views(JsonObject answer) {
    return answer.getJsonArray("results").getJsonObject(0).getJsonArray("metrics").getLong(0);
  }

  private double counted(String outcome) {
    return meters.get("sporlos.replica.questions").tag("outcome", outcome).counter().count();
  }
}
