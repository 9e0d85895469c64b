package dk.sporlos.transfer;

import static dk.sporlos.transfer.ImportServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.TestDatabase;
import dk.sporlos.fold.Horizon;
import dk.sporlos.seal.Seals;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import dk.sporlos.testing.MovableClock;
import dk.sporlos.testing.TestPool;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ImportsTest {
  private static final String TOTALS =
      """
      select format('%s %s %s', day, origin, views[1]) as text from daily where dimension = 0
      order by 1
      """;

  private static TestPool database;
  private static Site site;

  private final MovableClock clock = new MovableClock(Instant.parse("2026-11-26T12:00:00Z"));
  private final Imports imports = new Imports(database.pool());
  private ImportServer server;

  @BeforeAll
  static void open() {
    database = TestPool.of(TestDatabase.create());
    site =
        Objects.requireNonNull(
            new SiteStore(database.pool())
                .add("example.com", ZoneId.of("Europe/Copenhagen"), false)
                .await());
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void empty() {
    say("truncate visit, event, import, audit, sealed_day, sealed_month, daily, monthly");
    say("update site set visits_complete_from = null");
    server = new ImportServer(database.vertx(), database.pool(), clock, site);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void listsWhatWasImportedIntoASite() {
    int first = send("2026-10-01T09:00:00Z", "2026-10-03T09:00:00Z");
    int second = send("2026-10-02T09:00:00Z");

    List<Imported> all = imports.of(site.id()).await();

    assertThat(all).extracting(Imported::id).containsExactly(first, second);
    assertThat(all.get(0))
        .returns(LocalDate.parse("2026-10-01"), Imported::first)
        .returns(LocalDate.parse("2026-10-03"), Imported::last)
        .returns(3, Imported::lines)
        .returns(2, Imported::visits)
        .returns(2L, Imported::views)
        .returns(1L, Imported::events);
  }

  @Test
  void takesBackTheVisitsOfOneImportAndNoOthers() {
    int first = send("2026-10-01T09:00:00Z", "2026-10-03T09:00:00Z");
    int second = send("2026-10-01T09:00:00Z");

    assertThat(imports.undo(first).await()).isNotNull();

    assertThat(texts("select origin::text as text from visit")).containsExactly("" + second);
    assertThat(texts("select 'x' as text from event")).hasSize(1);
    assertThat(imports.of(site.id()).await()).extracting(Imported::id).containsExactly(second);
    assertThat(texts("select action as text from audit order by id"))
        .containsExactly("import", "import", "undo import");
  }

  @Test
  void takesTotalsOfAnImportBackAndHasItsDaysSealedAgain() {
    int first = send("2026-10-01T09:00:00Z");
    int second = send("2026-10-01T10:00:00Z", "2026-10-02T10:00:00Z");
    seal();
    assertThat(texts(TOTALS))
        .contains("2026-10-01 %d 1".formatted(first), "2026-10-01 %d 1".formatted(second));

    imports.undo(second).await();

    assertThat(texts("select day::text as text from sealed_day where due order by day"))
        .containsExactly("2026-10-01", "2026-10-02");
    seal();
    assertThat(texts(TOTALS)).contains("2026-10-01 %d 1".formatted(first));
    assertThat(texts("select 'x' as text from daily where origin = " + second)).isEmpty();
    assertThat(texts("select 'x' as text from monthly where origin = " + second)).isEmpty();
  }

  @Test
  void takesBackNoImportThatIsNotThere() {
    assertThat(imports.undo(4_711).await()).isNull();
  }

  private void seal() {
    new Seals(
            database.pool(),
            database.pool(),
            new SiteStore(database.pool()),
            Horizon.of(clock),
            clock,
            (of, late) -> {})
        .run()
        .await();
  }

  /** Imports a page view and an order for each time. */
  private int send(String... times) {
    StringBuilder lines = new StringBuilder();
    for (String at : times) {
      lines.append(
          """
          {"site":"example.com","visitor":"v%s","at":"%s","url":"https://example.com/"}
          """
              .formatted(at, at));
    }
    lines.append(
        """
        {"site":"example.com","visitor":"v%s","at":"%s","url":"https://example.com/",
        "name":"Order","props":{"plan":"yearly"}}
        """
            .formatted(times[0], times[0])
            .replace(",\n", ","));
    return json(server.sendAs(ImportServer.TOKEN, lines.toString())).getInteger("import");
  }

  private static List<String> texts(String sql) {
    return StreamSupport.stream(database.pool().query(sql).execute().await().spliterator(), false)
        .map(row -> row.getString("text"))
        .toList();
  }

  private static void say(String sql) {
    database.pool().query(sql).execute().await();
  }
}
