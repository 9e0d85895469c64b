package dk.sporlos.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.TestDatabase;
import dk.sporlos.site.Audit;
import dk.sporlos.site.SiteId;
import dk.sporlos.testing.MovableClock;
import dk.sporlos.testing.TestPool;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is withheld elsewhere than in the inbox. */
class WithholdingTest {
  private static final SiteId SITE = new SiteId(3);

  private final MovableClock clock = new MovableClock("2026-03-02T11:00:00Z");
  private TestPool database;
  private Withholding withholding;

  @BeforeEach
  void open() {
    database = TestPool.of(TestDatabase.create());
    withholding = new Withholding(database.pool(), new SecureRandom(), clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void whatCouldNotBeStoredOfAVisitIsErasedWithItAlsoIfItComesLater() {
    setAside(3, 5, "before");
    setAside(3, 6, "another visit");
    setAside(4, 5, "another site");

    withholding.erase(SITE, 5).await();
    assertThat(setAside()).containsExactly("another site", "another visit");
    setAside(3, 5, "after");
    withholding.sift().await();

    assertThat(setAside()).containsExactly("another site", "another visit");
  }

  @Test
  void aVisitGoesFromTheSnapshotOfTheInboxWithWhatIsSaidOfItAlsoIfThatWasUnderWay() {
    underWay(3, 5, true);
    underWay(3, 6, true);
    underWay(4, 5, true);

    withholding.erase(SITE, 5).await();
    assertThat(underWay()).containsExactly("3 6", "4 5");
    underWay(3, 5, true);
    withholding.sift().await();

    assertThat(underWay()).containsExactly("3 6", "4 5");
    assertThat(texts("select site_id || ' ' || visit from open_event order by 1"))
        .containsExactly("3 6", "4 5");
  }

  @Test
  void whatCameWithoutACookieStaysInTheNextSnapshot() {
    withholding.erase(SITE, 5).await();
    underWay(3, 5, false);
    withholding.sift().await();

    assertThat(underWay()).containsExactly("3 5");
    assertThat(texts("select site_id || ' ' || visit from open_event")).containsExactly("3 5");
  }

  private void underWay(int site, long visit, boolean byCookie) {
    run(
        """
        insert into open_visit (site_id, visit, visitor, hour, day, views, events, seconds, bounced,
          steps, by_cookie, client_id, place_id, referrer_id, campaign_id)
        values (%1$d, %2$d, 1, now(), current_date, 1, 0, 0, true, '', %3$s, 0, 0, 0, 0);
        insert into open_event (site_id, visit, day, step) values (%1$d, %2$d, current_date, 0)
        """
            .formatted(site, visit, byCookie));
  }

  private List<String> underWay() {
    return texts("select site_id || ' ' || visit from open_visit order by 1");
  }

  @Test
  void whatWasRestrictedGoesAfterItsDaysAndTheAuditSaysSo() {
    restricted("2026-03-02");
    restricted("2026-03-01");
    restricted("2026-02-27");

    withholding.expire().await();

    assertThat(texts("select kept_until::text from restricted_hit")).containsExactly("2026-03-02");
    assertThat(Audit.latest(database.pool(), SITE, 10).await())
        .extracting(Audit.Dated::line)
        .containsExactly(
            new Audit.Line(
                "retention",
                "delete",
                "restricted_hit",
                LocalDate.parse("2026-02-27"),
                LocalDate.parse("2026-03-01"),
                2));
  }

  private void setAside(int site, long visit, String reason) {
    run(
        "insert into set_aside (site_id, id, visit, day, reason, content)"
            + " values (%d, %d, %d, '2026-03-02', '%s', '')"
                .formatted(site, site * 100L + visit + reason.length(), visit, reason));
  }

  private List<String> setAside() {
    return texts("select reason from set_aside order by reason");
  }

  private void restricted(String keptUntil) {
    run(
        """
        insert into restricted_hit (site_id, kept_until, code_hash, at, step, kind, page_id,
          engaged_ms, interactive)
        values (3, '%s', '', now(), 0, 0, 1, 0, true)
        """
            .formatted(keptUntil));
  }

  private void run(String sql) {
    database.pool().query(sql).execute().await();
  }

  private List<String> texts(String sql) {
    List<String> texts = new ArrayList<>();
    database.pool().query(sql).execute().await().forEach(row -> texts.add(row.getString(0)));
    return texts;
  }
}
