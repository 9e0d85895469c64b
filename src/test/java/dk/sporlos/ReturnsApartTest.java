package dk.sporlos;

import static dk.sporlos.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.TestDatabase;
import dk.sporlos.site.SiteStore;
import dk.sporlos.testing.MovableClock;
import dk.sporlos.testing.RunningApplication;
import dk.sporlos.testing.TestPool;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Counters of returning browsers share no transaction with anything else: rows written together
 * carry the number of their transaction for good, and that would lead from a counter to a visit.
 */
class ReturnsApartTest {
  private static final int BROWSERS = 25;
  private static final String BROWSER =
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0"
          + " Safari/537.36";

  private final DatabaseUrl url = TestDatabase.create();
  private final MovableClock clock = new MovableClock("2026-11-24T09:00:00Z");

  @Test
  void noRowOfAVisitIsWrittenInTheTransactionOfACounter() throws Throwable {
    try (TestPool database = TestPool.of(url)) {
      for (String domain : List.of("example.com", "example.org")) {
        new SiteStore(database.pool()).add(domain, ZoneId.of("Europe/Copenhagen"), false).await();
      }
      try (RunningApplication application = RunningApplication.on(url, clock, new SecureRandom())) {
        comeTwice(application, "example.com");
        comeTwice(application, "example.org");
        clock.move(Duration.ofMinutes(40));
        eventually(
            () -> {
              clock.move(Duration.ofSeconds(10));
              assertThat(count(database, "visit")).isEqualTo(2 * BROWSERS);
            });
        comeTwice(application, "example.org");
      }

      assertThat(count(database, "hit")).isPositive();
      assertThat(count(database, "return_gap")).isEqualTo(2);
      assertThat(count(database, "cohort")).isEqualTo(2);
      assertThat(sharing(database)).containsExactly("batch");
      assertThat(sitesOfSharedTransactions(database)).isZero();

      database.pool().query("create table leaky (number int)").execute().await();
      database
          .pool()
          .query(
              "with counted as (insert into return_gap values (20, 1, '2026-01-01', 1))"
                  + " insert into leaky values (1)")
          .execute()
          .await();
      assertThat(sharing(database)).containsExactly("batch", "leaky");
    }
  }

  /** A page with consent, whose answer gives a cookie, and a second page that brings it. */
  private static void comeTwice(RunningApplication application, String domain) throws Exception {
    for (int browser = 0; browser < BROWSERS; browser++) {
      String address = "198.51." + browser + ".7";
      HttpResponse<String> answer = view(application, domain, address, null);
      String cookie = answer.headers().firstValue("set-cookie").orElseThrow().split(";", 2)[0];
      assertThat(view(application, domain, address, cookie).statusCode()).isEqualTo(202);
    }
  }

  private static HttpResponse<String> view(
      RunningApplication application, String domain, String address, String cookie)
      throws Exception {
    HttpRequest.Builder request =
        application
            .request("/b")
            .header("User-Agent", BROWSER)
            .header("Accept-Language", "da-DK,da;q=0.9")
            .header("X-Forwarded-For", address)
            .POST(
                BodyPublishers.ofString(
                    "{\"d\":\"%s\",\"n\":\"pageview\",\"u\":\"https://%s/\",\"c\":1}"
                        .formatted(domain, domain)));
    return application.send(cookie == null ? request : request.header("Cookie", cookie));
  }

  /** Tables with a row of a transaction that also wrote a counter. */
  private static List<String> sharing(TestPool database) {
    List<String> tables = new ArrayList<>();
    database
        .pool()
        .query(
            """
            select relname from pg_class
            where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
              and relname not in ('return_gap', 'cohort', 'flyway_schema_history')
              and not relispartition
            order by relname
            """)
        .execute()
        .await()
        .forEach(row -> tables.add(row.getString(0)));
    tables.removeIf(
        table -> number(database, "select count(*) from " + table + " where " + SHARED) == 0);
    return tables;
  }

  private static final String SHARED =
      "xmin::text in (select xmin::text from return_gap union select xmin::text from cohort)";

  /** Of batches that are known by a counter's transaction, those that say which site it was. */
  private static long sitesOfSharedTransactions(TestPool database) {
    return number(database, "select count(*) from batch where site_id <> 0 and " + SHARED)
        + number(
            database,
            """
            select count(*) from return_gap one join return_gap other
            on one.xmin::text = other.xmin::text and one.site_id <> other.site_id
            """);
  }

  private static long count(TestPool database, String table) {
    return number(database, "select count(*) from " + table);
  }

  private static long number(TestPool database, String sql) {
    return database.pool().query(sql).execute().await().iterator().next().getLong(0);
  }
}
