package dk.sporlos.transfer;

import dk.sporlos.seal.Figure;
import dk.sporlos.seal.Sealed;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A table of an export, in the columns in which web analytics hand each other their totals (CSV
 * import of Plausible): a row for each day and value, sums alone, times in seconds.
 *
 * <p>Days of which all visits are there are read from these. Of older days there are totals, which
 * know one attribute at a time: where a row has several, the others are empty.
 */
enum ExportTable {
  VISITORS(
      ExportSource.VISIT,
      Sealed.TOTAL,
      List.of(),
      List.of("visitors", "pageviews", "bounces", "visits", "visit_duration")),
  SOURCES(
      ExportSource.VISIT,
      Sealed.SOURCE,
      List.of(
          new Key("source", "coalesce(referrer.source, '')", "value"),
          new Key("referrer", "coalesce(referrer.host || referrer.path, '')", "''"),
          new Key("utm_source", "coalesce(campaign.source, '')", "''"),
          new Key("utm_medium", "coalesce(campaign.medium, '')", "''"),
          new Key("utm_campaign", "coalesce(campaign.name, '')", "''"),
          new Key("utm_content", "coalesce(campaign.content, '')", "''"),
          new Key("utm_term", "coalesce(campaign.term, '')", "''")),
      List.of("pageviews", "visitors", "visits", "visit_duration", "bounces")),
  PAGES(
      ExportSource.PAGE,
      Sealed.PAGE,
      List.of(new Key("hostname", "page.host", "''"), new Key("page", "page.path", "value")),
      List.of(
          "visits",
          "visitors",
          "pageviews",
          "total_scroll_depth",
          "total_scroll_depth_visits",
          "total_time_on_page",
          "total_time_on_page_visits")),
  ENTRY_PAGES(
      ExportSource.ENTRY,
      Sealed.ENTRY,
      List.of(new Key("entry_page", "page.path", "value")),
      List.of("visitors", "entrances", "visit_duration", "bounces", "pageviews")),
  EXIT_PAGES(
      ExportSource.EXIT,
      Sealed.EXIT,
      List.of(new Key("exit_page", "page.path", "value")),
      List.of("visitors", "visit_duration", "exits", "bounces", "pageviews")),
  CUSTOM_EVENTS(
      ExportSource.EVENT,
      Sealed.EVENT,
      List.of(
          new Key("name", "event_name.name", "value"),
          new Key("link_url", "coalesce(event.properties ->> 'url', '')", "''"),
          new Key("path", "coalesce(event.properties ->> 'path', '')", "''")),
      List.of("visitors", "events")),
  LOCATIONS(
      ExportSource.VISIT,
      Sealed.COUNTRY,
      List.of(
          new Key("country", "coalesce(place.country, '')", "value"),
          new Key("region", "coalesce(place.region, '')", "''"),
          new Key("city", "coalesce(place.city, '')", "''")),
      List.of("visitors", "visits", "visit_duration", "bounces", "pageviews")),
  DEVICES(
      ExportSource.VISIT,
      Sealed.DEVICE,
      List.of(new Key("device", "coalesce(client.device, '')", "value")),
      List.of("visitors", "visits", "visit_duration", "bounces", "pageviews")),
  BROWSERS(
      ExportSource.VISIT,
      Sealed.BROWSER_AND_VERSION,
      List.of(
          new Key("browser", "coalesce(client.browser, '')", ExportTable.FAMILY),
          new Key("browser_version", "coalesce(client.browser_version, '')", ExportTable.VERSION)),
      List.of("visitors", "visits", "visit_duration", "bounces", "pageviews")),
  OPERATING_SYSTEMS(
      ExportSource.VISIT,
      Sealed.OS_AND_VERSION,
      List.of(
          new Key("operating_system", "coalesce(client.os, '')", ExportTable.FAMILY),
          new Key(
              "operating_system_version", "coalesce(client.os_version, '')", ExportTable.VERSION)),
      List.of("visitors", "visits", "visit_duration", "bounces", "pageviews"));

  /** A value is a name, a space and a version, which has no space and may be empty. */
  private static final String FAMILY = "coalesce(substring(value from '^(.*) [^ ]*$'), '')";

  private static final String VERSION = "coalesce(substring(value from ' ([^ ]*)$'), '')";

  /*
   * visited: visits of days of which all are there.
   * totals:  values of the days before; among the names of events is that of all page views.
   */
  private static final String READ =
      """
      with visited as (
        select * from visit
        where site_id = $1 and day between $2 and $3 and day >= coalesce(
          (select visits_complete_from from site where id = $1), '-infinity'::date)
      ),
      totals as (
        select daily.day, total.*
        from daily
        cross join lateral unnest(texts, {figures}) as total (value, {figures})
        where site_id = $1 and day between $2 and $3 and dimension = {dimension}
          and not (dimension = {event} and value = 'pageview')
          and day < (select visits_complete_from from site where id = $1)
      )
      select to_char(visited.day, 'YYYY-MM-DD') as date, {of_visits}
      {source}
      group by {keys}
      union all
      select to_char(day, 'YYYY-MM-DD'), {of_totals}
      from totals
      group by {keys}
      order by {keys}
      """;

  /**
   * A column that rows are told apart by.
   *
   * @param ofVisits SQL of it over a row of the table's source
   * @param ofTotals SQL of it over a value of a day's totals
   */
  private record Key(String column, String ofVisits, String ofTotals) {}

  /** With commas between. */
  private final String columns;

  private final String sql;

  ExportTable(ExportSource source, Sealed sealed, List<Key> keys, List<String> figures) {
    this.columns =
        Stream.of(Stream.of("date"), keys.stream().map(Key::column), figures.stream())
            .flatMap(names -> names)
            .collect(Collectors.joining(","));
    this.sql =
        READ.replace("{figures}", Figure.each(Figure::column))
            .replace("{dimension}", String.valueOf(sealed.number()))
            .replace("{event}", String.valueOf(Sealed.EVENT.number()))
            .replace("{source}", source.from())
            .replace(
                "{of_visits}",
                list(
                    keys.stream().map(key -> key.ofVisits + " as " + key.column),
                    figures.stream().map(name -> source.sum(figure(name)) + " as " + name)))
            .replace(
                "{of_totals}",
                list(
                    keys.stream().map(Key::ofTotals),
                    figures.stream()
                        .map(name -> "coalesce(sum(%s), 0)".formatted(figure(name).column()))))
            .replace(
                "{keys}",
                IntStream.rangeClosed(1, keys.size() + 1)
                    .mapToObj(String::valueOf)
                    .collect(Collectors.joining(", ")));
  }

  /** What a column of figures is the sum of. */
  private static Figure figure(String column) {
    return switch (column) {
      case "visitors" -> Figure.VISITORS;
      case "visits", "entrances", "exits" -> Figure.VISITS;
      case "pageviews" -> Figure.VIEWS;
      case "bounces" -> Figure.BOUNCES;
      case "visit_duration" -> Figure.SECONDS;
      case "events" -> Figure.ACTIONS;
      case "total_scroll_depth" -> Figure.SCROLL;
      case "total_scroll_depth_visits" -> Figure.SCROLLED;
      case "total_time_on_page" -> Figure.ENGAGED;
      case "total_time_on_page_visits" -> Figure.TIMED;
      default -> throw new IllegalArgumentException("no column of figures: " + column);
    };
  }

  private static String list(Stream<String> keys, Stream<String> sums) {
    return Stream.concat(keys, sums).collect(Collectors.joining(", "));
  }

  /** The headings of its columns; the answer to {@link #sql()} has them in this order. */
  List<String> columns() {
    return List.of(columns.split(",", -1));
  }

  /** SQL of its rows: $1 the site, $2 the first day, $3 the last day. */
  String sql() {
    return sql;
  }

  /** Name of its file without dates, as in {@code imported_entry_pages}. */
  String file() {
    return "imported_" + name().toLowerCase(Locale.ROOT);
  }
}
