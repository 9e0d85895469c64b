package dk.sporlos.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.TestDatabase;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import dk.sporlos.testing.MovableClock;
import dk.sporlos.testing.TestPool;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The figures below are added up by hand from the rows that {@link #DATA} inserts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportsTest {

  private static final String DATA =
      """
      create table visit_2026_03 partition of visit for values from ('2026-03-01') to ('2026-04-01');
      create table event_2026_03 partition of event for values from ('2026-03-01') to ('2026-04-01');
      insert into page (site_id, id, host, path) values
        (1, 11, 'example.com', '/'), (1, 12, 'example.com', '/a,b'), (1, 13, 'shop.dk', '/');
      insert into referrer values (1, 21, 'Organic Search', 'Google', 'google.com', '/');
      insert into campaign values (1, 31, 'news', 'email', '=spring', '', '');
      insert into place values (1, 41, 'DK', 'DK-84', '');
      insert into client values
        (1, 51, 'Firefox', '144', 'Mac OS', '15', 'Desktop', '', 'da'),
        (1, 52, 'Firefox', '', 'Linux', '', 'Desktop', '', 'da');
      insert into event_name (site_id, id, name) values (1, 61, 'File Download');
      insert into visit (site_id, day, hour, id, visitor, entry_page, exit_page, views, events,
        seconds, bounced, by_cookie, client_id, place_id, referrer_id, campaign_id, steps) values
        (1, '2026-03-10', '2026-03-10 10:00Z', 1, 7, 11, 12, 3, 1, 100, false, false, 51, 41, 21, 31,
          '\\x0000000b000005320000000c0000017f0000000cffffffc30000000b000005ab'),
        (1, '2026-03-10', '2026-03-10 12:00Z', 2, 7, 11, 11, 1, 0, 0, true, false, 52, 41, 0, 0,
          '\\x0000000b0000007f'),
        (1, '2026-03-11', '2026-03-11 12:00Z', 3, 9, 13, 13, 1, 0, 0, true, false, 51, 0, 0, 0,
          '\\x0000000d0000007f'),
        (1, '2026-03-17', '2026-03-17 08:00Z', 4, 9, 13, 13, 1, 0, 0, true, false, 51, 0, 0, 0,
          '\\x0000000d0000007f');
      insert into event (site_id, day, visit, step, name_id, properties) values
        (1, '2026-03-10', 1, 2, 61, '{"url": "https://example.com/x.pdf"}');
      update site set visits_complete_from = '2026-03-10' where id = 1;
      insert into daily (site_id, day, origin, dimension, part, texts, visitors, visits, views,
        actions, bounces, seconds, engaged, timed, scroll, scrolled) values
        (1, '2026-03-09', 0, 0, 0, '{""}', '{5}', '{6}', '{9}', '{10}', '{3}', '{70}', null, null,
          null, null),
        (1, '2026-03-09', 2, 0, 0, '{""}', '{1}', '{1}', '{2}', '{2}', null, '{30}', null, null,
          null, null),
        (1, '2026-03-09', 0, 1, 0, '{/}', '{4}', '{5}', '{6}', '{6}', '{3}', '{70}', '{44}', '{5}',
          '{90}', '{2}'),
        (1, '2026-03-09', 0, 1, 1, '{/rare}', '{1}', '{1}', '{3}', '{3}', null, null, null, '{1}',
          null, null),
        (1, '2026-03-09', 0, 18, 0, '{"Firefox 143","Opera Mini ",""}', '{2,2,1}', '{3,2,1}', '{5,3,1}',
          '{5,3,1}', '{1,1,1}', '{60,10,0}', null, null, null, null),
        (1, '2026-03-09', 0, 24, 0, '{pageview,Buy}', '{5,2}', '{6,2}', '{9,0}', '{9,3}', null, null,
          null, null, null, null),
        (1, '2026-03-10', 0, 0, 0, '{""}', '{99}', '{99}', '{99}', '{99}', null, null, null, null,
          null, null);
      """;

  private final Vertx vertx = Vertx.vertx();
  private final MovableClock clock = new MovableClock("2026-03-17T11:00:00Z");
  private TestPool database;
  private Exports exports;
  private Site site;

  @BeforeAll
  void create() {
    database = TestPool.of(TestDatabase.create());
    site =
        new SiteStore(database.pool())
            .add("example.com", ZoneId.of("Europe/Copenhagen"), false)
            .await();
    assertThat(site.id().value()).isEqualTo(1);
    database.pool().query(DATA).execute().await();
    exports = new Exports(vertx, database.pool(), clock);
  }

  @AfterAll
  void close() {
    database.close();
    vertx.close().await();
  }

  @Test
  void hasAFileForEachTableNamedByItsDays() throws Exception {
    assertThat(files().keySet())
        .containsExactly(
            "imported_visitors_20260309_20260316.csv",
            "imported_sources_20260309_20260316.csv",
            "imported_pages_20260309_20260316.csv",
            "imported_entry_pages_20260309_20260316.csv",
            "imported_exit_pages_20260309_20260316.csv",
            "imported_custom_events_20260309_20260316.csv",
            "imported_locations_20260309_20260316.csv",
            "imported_devices_20260309_20260316.csv",
            "imported_browsers_20260309_20260316.csv",
            "imported_operating_systems_20260309_20260316.csv");
  }

  @Test
  void countsFinishedDaysFromTotalsAsLongAsVisitsAreNotAllThere() throws Exception {
    assertThat(table("visitors"))
        .containsExactly(
            "date,visitors,pageviews,bounces,visits,visit_duration",
            "2026-03-09,6,11,3,7,100",
            "2026-03-10,1,4,1,2,100",
            "2026-03-11,1,1,1,1,0");
  }

  @Test
  void joinsAttributesOfVisits() throws Exception {
    assertThat(table("sources"))
        .containsExactly(
            "date,source,referrer,utm_source,utm_medium,utm_campaign,utm_content,utm_term,"
                + "pageviews,visitors,visits,visit_duration,bounces",
            "2026-03-10,,,,,,,,1,1,1,0,1",
            "2026-03-10,Google,google.com/,news,email,'=spring,,,3,1,1,100,0",
            "2026-03-11,,,,,,,,1,1,1,0,1");
    assertThat(table("locations"))
        .containsExactly(
            "date,country,region,city,visitors,visits,visit_duration,bounces,pageviews",
            "2026-03-10,DK,DK-84,,1,2,100,1,4",
            "2026-03-11,,,,1,1,0,1,1");
  }

  @Test
  void tellsWhatWasReadOfPages() throws Exception {
    assertThat(table("pages"))
        .containsExactly(
            "date,hostname,page,visits,visitors,pageviews,total_scroll_depth,"
                + "total_scroll_depth_visits,total_time_on_page,total_time_on_page_visits",
            "2026-03-09,,/,5,4,6,90,2,44,5",
            "2026-03-09,,/rare,1,1,3,0,0,0,1",
            "2026-03-10,example.com,/,2,1,3,50,1,21,2",
            "2026-03-10,example.com,\"/a,b\",1,1,1,0,0,2,1",
            "2026-03-11,shop.dk,/,1,1,1,0,0,0,1");
    assertThat(table("entry_pages")).contains("2026-03-10,/,1,2,100,1,4");
    assertThat(table("exit_pages"))
        .contains("2026-03-10,/,1,0,1,1,1", "2026-03-10,\"/a,b\",1,100,1,0,3");
  }

  @Test
  void tellsWhatEventsWereAbout() throws Exception {
    assertThat(table("custom_events"))
        .containsExactly(
            "date,name,link_url,path,visitors,events",
            "2026-03-09,Buy,,,2,3",
            "2026-03-10,File Download,https://example.com/x.pdf,,1,1");
  }

  @Test
  void takesVersionsFromTotalsThatNameBoth() throws Exception {
    assertThat(table("browsers"))
        .containsExactly(
            "date,browser,browser_version,visitors,visits,visit_duration,bounces,pageviews",
            "2026-03-09,,,1,1,0,1,1",
            "2026-03-09,Firefox,143,2,3,60,1,5",
            "2026-03-09,Opera Mini,,2,2,10,1,3",
            "2026-03-10,Firefox,,1,1,0,1,1",
            "2026-03-10,Firefox,144,1,1,100,0,3",
            "2026-03-11,Firefox,144,1,1,0,1,1");
  }

  @Test
  void isEmptyForASiteThatNobodyVisited() throws Exception {
    Site other = new SiteStore(database.pool()).add("empty.dk", ZoneId.of("UTC"), false).await();

    assertThat(files(other))
        .hasSize(10)
        .containsEntry(
            "imported_devices_20260316_20260316.csv",
            "date,device,visitors,visits,visit_duration,bounces,pageviews\r\n");
  }

  @Test
  void writesTotalsWithTheFiguresThatAreKept() {
    List<String> lines =
        new String(written(w -> exports.totals(site, w)), StandardCharsets.UTF_8).lines().toList();

    assertThat(lines).hasSize(10).allSatisfy(line -> new JsonObject(line));
    assertThat(lines.get(0))
        .isEqualTo(
            "{\"day\":\"2026-03-09\",\"dimension\":\"total\",\"value\":\"\",\"origin\":0,"
                + "\"visitors\":5,\"visits\":6,\"views\":9,\"actions\":10,\"bounces\":3,"
                + "\"seconds\":70}");
    assertThat(lines.get(2)).contains("\"dimension\":\"page\",\"value\":\"/\"", "\"engaged\":44");
  }

  @Test
  void givesUpWhenNobodyReads() {
    Future<Void> written =
        exports.zip(site, piece -> Future.failedFuture(new IllegalStateException("gone")));

    assertThat(written.transform(done -> Future.succeededFuture(done.cause())).await())
        .hasMessage("gone");
    assertThat(database.pool().query("select 1").execute().await()).hasSize(1);
  }

  private List<String> table(String name) throws Exception {
    return files().get("imported_" + name + "_20260309_20260316.csv").lines().toList();
  }

  private Map<String, String> files() throws Exception {
    return files(site);
  }

  private Map<String, String> files(Site of) throws Exception {
    Map<String, String> files = new LinkedHashMap<>();
    byte[] zip = written(writer -> exports.zip(of, writer));
    try (ZipInputStream input = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = input.getNextEntry(); entry != null; entry = input.getNextEntry()) {
        files.put(entry.getName(), new String(input.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return files;
  }

  private interface Export {
    Future<Void> to(ExportWriter writer);
  }

  private static byte[] written(Export export) {
    Buffer all = Buffer.buffer();
    export
        .to(
            piece -> {
              all.appendBuffer(piece);
              return Future.succeededFuture();
            })
        .await();
    return all.getBytes();
  }
}
