package dk.sporlos.seal;

import dk.sporlos.intake.DictionaryTable;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Where the numbers of dictionaries stand, and the SQL that finds those that stand nowhere. */
final class DictionaryUse {

  /** A column that holds numbers of a dictionary, as {@code table.column}. */
  record Column(String relation, String name) {
    static Column of(String dotted) {
      int dot = dotted.indexOf('.');
      return new Column(dotted.substring(0, dot), dotted.substring(dot + 1));
    }

    String select() {
      return "select %s as id from %s where site_id = $1".formatted(name, relation);
    }
  }

  private static final String STEPS = "visit cross join lateral unpack(steps) as step";

  private static final Map<DictionaryTable, List<Column>> COLUMNS =
      new EnumMap<>(
          Map.of(
              DictionaryTable.PAGE,
              List.of(
                  Column.of("hit.page_id"),
                  Column.of("visit.entry_page"),
                  Column.of("visit.exit_page"),
                  new Column(STEPS, "step.page_id"),
                  Column.of("restricted_hit.page_id"),
                  Column.of("vital.page_id")),
              DictionaryTable.EVENT_NAME,
              List.of(
                  Column.of("hit.name_id"),
                  new Column(STEPS, "step.name_id"),
                  Column.of("event.name_id"),
                  Column.of("restricted_hit.name_id")),
              DictionaryTable.CLIENT,
              ofVisits("client_id"),
              DictionaryTable.PLACE,
              ofVisits("place_id"),
              DictionaryTable.REFERRER,
              ofVisits("referrer_id"),
              DictionaryTable.CAMPAIGN,
              ofVisits("campaign_id")));

  private static final String UNUSED =
      """
      select id, unused_since is not null as marked from %1$s as entry
      where site_id = $1
        and (unused_since is null or unused_since < clock_timestamp() - $2::int * interval '1 second')
        and not exists (
          select from (%2$s) as used where used.id = entry.id)
      order by unused_since, id
      limit $3
      """;

  private DictionaryUse() {}

  private static List<Column> ofVisits(String column) {
    return List.of(
        new Column("hit", column),
        new Column("visit", column),
        new Column("restricted_hit", column));
  }

  /** The columns that hold numbers of a dictionary. */
  static List<Column> columns(DictionaryTable table) {
    return Objects.requireNonNull(COLUMNS.get(table), "every dictionary is used somewhere");
  }

  /**
   * SQL of the numbers of a dictionary that stand nowhere, those marked first: $1 the site, $2 how
   * many seconds ago those were marked at least that are, $3 how many rows.
   */
  static String unused(DictionaryTable table) {
    String used =
        columns(table).stream().map(Column::select).collect(Collectors.joining(" union all "));
    return UNUSED.formatted(table.word(), used);
  }
}
