package dk.sporlos.bench;

import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.site.SiteId;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Visits of a site over many days, put straight into the tables by COPY. The same seed gives the
 * same rows.
 */
final class YearOfVisits {
  private static final double VIEWS_PER_VISIT = 2.5;
  private static final double ON_WEEKENDS = 0.7;
  private static final double DAYS_PER_WEEK = 5 + 2 * ON_WEEKENDS;
  private static final double COMES_AGAIN = 0.15;
  private static final int FLUSH = 1 << 18;

  private static final String VISITS =
      """
      copy visit (id, visitor, hour, site_id, day, entry_page, exit_page, views, events, seconds,
        bounced, steps, client_id, place_id, referrer_id, campaign_id, by_cookie) from stdin
      """;

  private static final String EVENTS =
      """
      copy event (visit, site_id, day, name_id, step, revenue, currency, properties) from stdin
      """;

  private final BenchSite texts = new BenchSite();
  private final SiteId site;
  private final ZoneId zone;
  private final long seed;

  YearOfVisits(SiteId site, ZoneId zone, long seed) {
    this.site = site;
    this.zone = zone;
    this.seed = seed;
  }

  /** The visits of a day, in the order of their hours; that many page views, more or less. */
  List<MadeVisit> day(LocalDate day, double views) {
    Random random = new Random(seed * 31 + day.toEpochDay());
    double ofWeek = isWeekend(day) ? ON_WEEKENDS : 1;
    int visits = (int) Math.round(views / VIEWS_PER_VISIT * ofWeek * 7 / DAYS_PER_WEEK);
    List<MadeVisit> made = new ArrayList<>(visits);
    for (int i = 0; i < visits; i++) {
      boolean again = i > 0 && random.nextDouble() < COMES_AGAIN;
      long visitor = again ? made.get(random.nextInt(i)).visitor() : random.nextLong();
      made.add(MadeVisit.draw(random, texts, visitor));
    }
    made.sort(Comparator.comparingInt(MadeVisit::hour));
    return made;
  }

  private static boolean isWeekend(LocalDate day) {
    return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
  }

  /**
   * Puts visits in.
   *
   * @param from the first day; the months have their partitions
   * @param views page views of all days together
   * @return how many page views there are
   */
  long copy(DatabaseUrl url, LocalDate from, int days, long views) throws SQLException {
    long written = 0;
    try (Connection forVisits = connect(url);
        Connection forEvents = connect(url)) {
      CopyIn visitRows = copy(forVisits, VISITS);
      CopyIn eventRows = copy(forEvents, EVENTS);
      StringBuilder visitLines = new StringBuilder();
      StringBuilder eventLines = new StringBuilder();
      for (LocalDate day : (Iterable<LocalDate>) from.datesUntil(from.plusDays(days))::iterator) {
        Random ids = new Random(seed * 37 + day.toEpochDay());
        for (MadeVisit visit : day(day, (double) views / days)) {
          long id = ids.nextLong();
          append(visitLines, visit, id, day);
          appendEvents(eventLines, visit, id, day);
          written += visit.views();
          flush(visitRows, visitLines, FLUSH);
          flush(eventRows, eventLines, FLUSH);
        }
      }
      flush(visitRows, visitLines, 1);
      flush(eventRows, eventLines, 1);
      visitRows.endCopy();
      eventRows.endCopy();
    }
    return written;
  }

  private static Connection connect(DatabaseUrl url) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", url.user());
    properties.setProperty("password", url.password());
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/%s?sslmode=disable"
            .formatted(url.host(), url.port(), url.database()),
        properties);
  }

  private static CopyIn copy(Connection connection, String sql) throws SQLException {
    return connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
  }

  private static void flush(CopyIn copy, StringBuilder lines, int from) throws SQLException {
    if (lines.length() >= from) {
      byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
      copy.writeToCopy(bytes, 0, bytes.length);
      lines.setLength(0);
    }
  }

  private void append(StringBuilder line, MadeVisit visit, long id, LocalDate day) {
    List<MadeVisit.Step> steps = visit.steps();
    int views = visit.views();
    MadeVisit.Step last =
        steps.stream().filter(step -> step.event() < 0).reduce(steps.get(0), (a, b) -> b);
    line.append(id).append('\t').append(visit.visitor()).append('\t');
    line.append(day.atTime(visit.hour(), 0).atZone(zone).toInstant()).append('\t');
    line.append(site.value()).append('\t').append(day).append('\t');
    line.append(steps.get(0).pageId()).append('\t').append(last.pageId()).append('\t');
    line.append(views).append('\t').append(steps.size() - views).append('\t');
    line.append(visit.seconds()).append('\t').append(steps.size() == 1 ? 't' : 'f').append('\t');
    line.append("\\\\x");
    for (MadeVisit.Step step : steps) {
      appendHex(line, step.pageId());
      appendHex(
          line,
          step.event() < 0 ? step.engaged() * 128 + step.scroll() : -BenchSite.id(step.event()));
    }
    line.append('\t').append(BenchSite.id(visit.client()));
    line.append('\t').append(BenchSite.id(visit.place()));
    line.append('\t').append(visit.referrer() < 0 ? 0 : BenchSite.id(visit.referrer()));
    line.append('\t').append(visit.campaign() < 0 ? 0 : BenchSite.id(visit.campaign()));
    line.append('\t').append(visit.byCookie() ? 't' : 'f').append('\n');
  }

  private static void appendHex(StringBuilder line, int number) {
    for (int shift = 28; shift >= 0; shift -= 4) {
      line.append(Character.forDigit(number >>> shift & 15, 16));
    }
  }

  /** Purchases have an amount and a plan. */
  private void appendEvents(StringBuilder lines, MadeVisit visit, long id, LocalDate day) {
    List<MadeVisit.Step> steps = visit.steps();
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).event() == 1) {
        lines.append(id).append('\t').append(site.value()).append('\t').append(day).append('\t');
        lines.append(BenchSite.id(1)).append('\t').append(i).append('\t');
        lines.append(49 + visit.second() % 450).append(".00\tDKK\t{\"plan\": \"");
        lines.append(visit.second() % 3 == 0 ? "yearly" : "monthly").append("\"}\n");
      }
    }
  }
}
