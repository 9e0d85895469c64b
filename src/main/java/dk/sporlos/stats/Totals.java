package dk.sporlos.stats;

import dk.sporlos.goal.Goal;
import dk.sporlos.seal.Figure;
import dk.sporlos.seal.Sealed;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows of {@code tally} that are read from totals, see {@link TallySql}. */
final class Totals {

  private static final String ROWS =
      """

        union all
        select %1$s
        from (
          select month as day, texts, %2$s%7$s
          from monthly as held
          where site_id = $1 and month = any (%3$s) and dimension = %5$d%9$s
          union all
          select day, texts, %2$s%8$s
          from daily as held
          where site_id = $1 and day = any (%4$s) and dimension = %5$d%9$s
        ) as visited
        cross join lateral unnest(texts, %2$s) as total (value, %2$s)
        where %6$s""";

  /** What dimensions are sealed as, with the SQL by which {@link Dimension} knows the text. */
  private record Source(Sealed dimension, String text) {}

  private static final Map<Dimension, Source> SOURCES = sources();

  private static Map<Dimension, Source> sources() {
    Map<Dimension, Source> sources = new EnumMap<>(Dimension.class);
    sources.put(Dimension.EVENT_PAGE, new Source(Sealed.PAGE, "page.path"));
    sources.put(Dimension.EVENT_HOSTNAME, new Source(Sealed.HOST, "page.host"));
    sources.put(Dimension.EVENT_NAME, new Source(Sealed.EVENT, "event_name.name"));
    sources.put(Dimension.VISIT_ENTRY_PAGE, new Source(Sealed.ENTRY, "entry.path"));
    sources.put(Dimension.VISIT_EXIT_PAGE, new Source(Sealed.EXIT, "exit.path"));
    sources.put(Dimension.VISIT_ENTRY_PAGE_HOSTNAME, new Source(Sealed.ENTRY_HOST, "entry.host"));
    sources.put(Dimension.VISIT_EXIT_PAGE_HOSTNAME, new Source(Sealed.EXIT_HOST, "exit.host"));
    sources.put(Dimension.VISIT_SOURCE, new Source(Sealed.SOURCE, "referrer.source"));
    sources.put(Dimension.VISIT_CHANNEL, new Source(Sealed.CHANNEL, "referrer.channel"));
    sources.put(
        Dimension.VISIT_REFERRER, new Source(Sealed.REFERRER, "referrer.host || referrer.path"));
    sources.put(Dimension.VISIT_UTM_SOURCE, new Source(Sealed.UTM_SOURCE, "campaign.source"));
    sources.put(Dimension.VISIT_UTM_MEDIUM, new Source(Sealed.UTM_MEDIUM, "campaign.medium"));
    sources.put(Dimension.VISIT_UTM_CAMPAIGN, new Source(Sealed.UTM_CAMPAIGN, "campaign.name"));
    sources.put(Dimension.VISIT_UTM_CONTENT, new Source(Sealed.UTM_CONTENT, "campaign.content"));
    sources.put(Dimension.VISIT_UTM_TERM, new Source(Sealed.UTM_TERM, "campaign.term"));
    sources.put(Dimension.VISIT_DEVICE, new Source(Sealed.DEVICE, "client.device"));
    sources.put(Dimension.VISIT_SCREEN, new Source(Sealed.SCREEN, "client.screen"));
    sources.put(Dimension.VISIT_BROWSER, new Source(Sealed.BROWSER, "client.browser"));
    sources.put(
        Dimension.VISIT_BROWSER_VERSION,
        new Source(Sealed.BROWSER_VERSION, "client.browser_version"));
    sources.put(Dimension.VISIT_OS, new Source(Sealed.OS, "client.os"));
    sources.put(Dimension.VISIT_OS_VERSION, new Source(Sealed.OS_VERSION, "client.os_version"));
    sources.put(Dimension.VISIT_LANGUAGE, new Source(Sealed.LANGUAGE, "client.language"));
    sources.put(Dimension.VISIT_COUNTRY, new Source(Sealed.COUNTRY, "place.country"));
    sources.put(Dimension.VISIT_COUNTRY_NAME, new Source(Sealed.COUNTRY, "place.country"));
    sources.put(Dimension.VISIT_REGION, new Source(Sealed.REGION, "place.region"));
    sources.put(Dimension.VISIT_REGION_NAME, new Source(Sealed.REGION, "place.region"));
    sources.put(Dimension.VISIT_CITY, new Source(Sealed.CITY, "place.city"));
    sources.put(Dimension.VISIT_CITY_NAME, new Source(Sealed.CITY, "place.city"));
    return sources;
  }

  private Totals() {}

  /**
   * Whether totals answer a query: by time, and by one other thing at most. That may be a filter
   * instead of a dimension.
   */
  static boolean answer(Query query, Period period, Days.Known known) {
    return period.isOfWholeDays()
        && sealed(query.dimensions()) != null
        && (query.filter().parts().isEmpty() || isOfOneValue(query))
        && !asksWhoReachedAnyGoal(query)
        && query.dimensions().stream()
            .allMatch(
                attribute ->
                    !(attribute instanceof Property property)
                        || known.properties().contains(property.key()));
  }

  private static boolean isOfOneValue(Query query) {
    OneValue one = OneValue.of(query.filter());
    return one != null
        && sealed(query.dimensions()) == Sealed.TOTAL
        && query.metrics().stream().allMatch(one::has);
  }

  /** Visitors who reached several goals are in the totals of each. */
  private static boolean asksWhoReachedAnyGoal(Query query) {
    return query.dimensions().contains(Dimension.EVENT_GOAL)
        && query.metrics().contains(Metric.PERCENTAGE);
  }

  /** What an attribute is sealed as, if the texts are its values; else null. */
  static @Nullable Sealed texts(Attribute attribute) {
    Source source = attribute instanceof Dimension dimension ? SOURCES.get(dimension) : null;
    return source == null ? null : source.dimension();
  }

  /** Whether those of months do. */
  static boolean answerByMonth(Query query) {
    return query.dimensions().stream()
        .allMatch(attribute -> !attribute.ofTime() || attribute == Dimension.TIME_MONTH);
  }

  /** What is read; null if nothing answers. */
  private static @Nullable Sealed sealed(List<Attribute> dimensions) {
    Sealed found = Sealed.TOTAL;
    for (Attribute attribute : dimensions) {
      if (attribute == Dimension.TIME_DAY
          || attribute == Dimension.TIME_WEEK
          || attribute == Dimension.TIME_MONTH) {
        continue;
      }
      Sealed one = sealed(attribute);
      if (one == null || found != Sealed.TOTAL) {
        return null;
      }
      found = one;
    }
    return found;
  }

  private static @Nullable Sealed sealed(Attribute attribute) {
    if (attribute instanceof Property) {
      return Sealed.PROPERTY;
    }
    if (attribute == Dimension.EVENT_GOAL) {
      return Sealed.GOAL;
    }
    if (attribute == Dimension.TIME_HOUR) {
      return Sealed.HOUR;
    }
    Source source = SOURCES.get((Dimension) attribute);
    return source == null ? null : source.dimension();
  }

  /**
   * SQL that goes on after the rows of visits; empty if there is nothing to read.
   *
   * @param goals those that rows of {@code event:goal} are about
   */
  static String sql(Part part, Sources sources, List<Goal> goals, Parameters parameters) {
    Sealed whole = sealed(part.dimensions());
    Days days = sources.days();
    Heads heads = sources.heads();
    if (whole == null || days == null) {
      return "";
    }
    OneValue one = whole == Sealed.TOTAL ? OneValue.of(part.filter()) : null;
    Sealed sealed = one == null ? whole : one.sealed();
    Set<Figure> figures = figures(part.metrics());
    String values =
        part.dimensions().stream()
            .map(attribute -> value(attribute, goals, parameters) + ", ")
            .collect(Collectors.joining());
    String sums =
        Arrays.stream(TallySql.COLUMNS.split(",\\s*"))
            .map(column -> figure(sealed, column, figures))
            .collect(Collectors.joining(", "));
    String condition =
        Stream.concat(
                part.dimensions().stream()
                    .map(attribute -> condition(attribute, goals, parameters)),
                one == null ? Stream.of("true") : Stream.of(condition(one, goals, parameters)))
            .collect(Collectors.joining(" and "));
    return rows(
        values + sums + ", " + (heads == null ? "0, 0" : known(sealed)),
        sealed,
        figures,
        days,
        heads,
        condition,
        parameters);
  }

  /** The same of days as a whole, for a statement of other columns. */
  static String whole(@Nullable Days days, List<Figure> figures, Parameters parameters) {
    String sums =
        figures.stream()
            .map(figure -> "total." + figure.column())
            .collect(Collectors.joining(", "));
    return days == null ? "" : rows(sums, Sealed.TOTAL, figures, days, null, "true", parameters);
  }

  private static String rows(
      String selected,
      Sealed sealed,
      Collection<Figure> figures,
      Days days,
      @Nullable Heads heads,
      String condition,
      Parameters parameters) {
    String columns = figures.stream().map(Figure::column).collect(Collectors.joining(", "));
    return ROWS.formatted(
        selected,
        columns,
        parameters.addDays(days.months()),
        parameters.addDays(days.sealed()),
        sealed.number(),
        condition,
        heads == null ? "" : bound("monthly", "month", heads),
        heads == null ? "" : bound("daily", "day", heads),
        heads == null ? "" : " and part = 0");
  }

  private static String bound(String table, String period, Heads heads) {
    return ", %s as rest, coalesce(beyond_%s, 0) as beyond"
        .formatted(Heads.rest(table, period), heads.figure().column());
  }

  /** SQL of whether a value is in a head that has a rest, and the most that it would have there. */
  private static String known(Sealed sealed) {
    return ("case when rest = 1 and not (%1$s) then 1 else 0 end,"
            + " case when rest = 1 and not (%1$s) then beyond else 0 end")
        .formatted(Heads.isAmbiguous(sealed, "total.value"));
  }

  /** What is not asked for is not read either: each array is stored by itself. */
  private static Set<Figure> figures(List<Metric> metrics) {
    Set<Figure> figures = EnumSet.of(Figure.VISITS);
    for (Figure figure : Figure.values()) {
      if (metrics.stream().anyMatch(metric -> metric.reads(figure.column()))) {
        figures.add(figure);
      }
    }
    return figures;
  }

  /** A visit as a whole began where it is counted. */
  private static String figure(Sealed sealed, String column, Set<Figure> figures) {
    Figure figure = Figure.valueOf(column.toUpperCase(Locale.ROOT));
    if (!figures.contains(figure)) {
      return "0";
    }
    return figure == Figure.ENTRIES && !sealed.ofSteps()
        ? "coalesce(total.visits, 0)"
        : "coalesce(total.%s, 0)".formatted(column);
  }

  private static String value(Attribute attribute, List<Goal> goals, Parameters parameters) {
    if (attribute instanceof Property property) {
      return "substr(total.value, %d) collate \"C\"".formatted(length(property) + 1);
    }
    Dimension dimension = (Dimension) attribute;
    if (dimension == Dimension.TIME_HOUR) {
      return "visited.day + make_interval(hours => total.value::int)";
    }
    String expression = Scope.STEPS.fill(dimension.expression());
    Source source = SOURCES.get(dimension);
    if (source != null) {
      expression = expression.replace(source.text(), "total.value");
    } else if (dimension == Dimension.EVENT_GOAL) {
      expression =
          expression.replace(
              "reached.goal",
              "array_position(%s, total.value)".formatted(numbers(goals, parameters)));
    }
    return parameters.fill(expression);
  }

  private static String condition(Attribute attribute, List<Goal> goals, Parameters parameters) {
    if (attribute instanceof Property property) {
      return "starts_with(total.value, %s::text)".formatted(parameters.add(prefix(property)));
    }
    return attribute == Dimension.EVENT_GOAL
        ? "total.value = any (%s)".formatted(numbers(goals, parameters))
        : "true";
  }

  private static String condition(OneValue one, List<Goal> goals, Parameters parameters) {
    return value(one.dimension(), goals, parameters)
        + " = "
        + parameters.add(one.value())
        + "::text";
  }

  private static String numbers(List<Goal> goals, Parameters parameters) {
    return parameters.addTexts(goals.stream().map(goal -> Long.toString(goal.id())).toList());
  }

  private static String prefix(Property property) {
    return property.key() + Sealed.SEPARATOR;
  }

  private static int length(Property property) {
    String prefix = prefix(property);
    return prefix.codePointCount(0, prefix.length());
  }
}
