package dk.sporlos.stats;

import dk.sporlos.site.SiteId;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The values of a statement, in the order of their numbers: $1 the site, $2 and $3 the first and
 * last day, $4 and $5 the first and last hour, then what the statement needs besides.
 */
final class Parameters {

  private static final JsonObject COUNTRIES = countries();

  private final Tuple tuple;
  private final ZoneId zone;
  private final List<String> goals;
  private final Map<String, String> fixed = new HashMap<>();

  /**
   * @param goals names that an index of a goal reached stands for, from 1
   */
  Parameters(SiteId site, Period period, List<String> goals) {
    this.tuple = hours(site, period);
    this.zone = period.zone();
    this.goals = goals;
  }

  private static JsonObject countries() {
    JsonObject names = new JsonObject();
    for (String code : Locale.getISOCountries()) {
      names.put(code, new Locale("", code).getDisplayCountry(Locale.ENGLISH));
    }
    return names;
  }

  /** English name of a country; the code itself if it is the code of none. */
  static String countryName(String code) {
    return COUNTRIES.getString(code, code);
  }

  /** The first parameters of a statement over whole days. */
  static Tuple days(SiteId site, Period period) {
    return Tuple.of(site.value(), period.firstDay(), period.lastDay());
  }

  /** The parameters of {@link QuerySql#VISITED}. */
  static Tuple hours(SiteId site, Period period) {
    return days(site, period)
        .addOffsetDateTime(timestamp(period.firstHour()))
        .addOffsetDateTime(timestamp(period.lastHour()));
  }

  private static OffsetDateTime timestamp(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  /** Adds a value, and gives the number that the text of the statement knows it by. */
  String add(Object value) {
    tuple.addValue(value);
    return "$" + tuple.size();
  }

  String addTexts(List<String> texts) {
    return add(texts.toArray(String[]::new)) + "::text[]";
  }

  String addNumbers(List<Integer> numbers) {
    return add(numbers.toArray(Integer[]::new)) + "::int[]";
  }

  String addDays(List<LocalDate> days) {
    return add(days.toArray(LocalDate[]::new)) + "::date[]";
  }

  /** SQL with the parameters that it names in braces. */
  String fill(String sql) {
    return fill(fill(fill(fill(sql, "{zone}"), "{countries}"), "{regions}"), "{goals}");
  }

  private String fill(String sql, String name) {
    return sql.contains(name) ? sql.replace(name, fixed.computeIfAbsent(name, this::value)) : sql;
  }

  private String value(String name) {
    return switch (name) {
      case "{zone}" -> add(zone.getId()) + "::text";
      case "{countries}" -> add(COUNTRIES) + "::jsonb";
      case "{regions}" -> add(Regions.names()) + "::jsonb";
      default -> addTexts(goals);
    };
  }

  Tuple tuple() {
    return tuple;
  }
}
