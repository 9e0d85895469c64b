package dk.sporlos.database;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.metrics.Doctor.Finding;
import dk.sporlos.testing.TestPool;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerExaminationTest {
  private static final Map<String, String> GOOD =
      Map.of(
          "fsync", "on",
          "full_page_writes", "on",
          "synchronous_commit", "on",
          "track_commit_timestamp", "off",
          "server_version_num", "150004",
          "connections", "97");

  private final DatabaseUrl url = TestDatabase.create();

  @ParameterizedTest
  @CsvSource({
    "fsync, off, fsync",
    "full_page_writes, off, full-page-writes",
    "synchronous_commit, off, synchronous-commit",
    "synchronous_commit, local,",
    "track_commit_timestamp, on, track-commit-timestamp",
    "server_version_num, 140012, old-server",
    "connections, 69, max-connections",
    "connections, 70,"
  })
  void aSettingThatLosesOrTellsTooMuchIsFound(String name, String value, String code) {
    Map<String, String> settings = new HashMap<>(GOOD);
    settings.put(name, value);

    List<Finding> findings = examination(null, 35, 2).findings(settings, 2);

    assertThat(findings)
        .extracting(Finding::code)
        .containsExactlyElementsOf(code == null ? List.of() : List.of(code));
  }

  @Test
  void theServerIsAskedForWhatHoldsInASessionOfOurs() {
    try (TestPool pool = TestPool.of(url)) {
      run(pool, "alter database %s set synchronous_commit = off".formatted(url.database()));
      run(pool, "alter database %s connection limit 20".formatted(url.database()));
    }
    try (TestPool pool = TestPool.of(url)) {
      assertThat(examination(pool, 21, 1).findings().await())
          .extracting(Finding::code)
          .contains("synchronous-commit", "max-connections")
          .doesNotContain("old-server");
      assertThat(examination(pool, 20, 1).findings().await())
          .extracting(Finding::code)
          .doesNotContain("max-connections");
    }
  }

  @Test
  void clocksMayDifferByAsMuchAsTheQuestionTookAndHalfAMinute() {
    Instant asked = Instant.parse("2026-11-27T10:00:00Z");
    Instant answered = asked.plusSeconds(4);

    assertThat(ClockExamination.finding(asked, asked.minusSeconds(30), answered)).isNull();
    assertThat(ClockExamination.finding(asked, answered.plusSeconds(30), answered)).isNull();
    assertThat(ClockExamination.finding(asked, asked.minusSeconds(31), answered).detail())
        .contains("31 seconds");
    assertThat(ClockExamination.finding(asked, answered.plusSeconds(40), answered).detail())
        .contains("40 seconds");
  }

  private static ServerExamination examination(TestPool pool, int connections, int processes) {
    return new ServerExamination(
        pool == null ? null : pool.pool(),
        () -> connections,
        () -> Future.succeededFuture(processes));
  }

  private static void run(TestPool pool, String statement) {
    pool.pool().query(statement).execute().await();
  }
}
