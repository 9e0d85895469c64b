package dk.sporlos.stats;

import dk.sporlos.door.DeviceClass;
import dk.sporlos.door.Vital;
import dk.sporlos.site.SiteId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The SQL that answers a query of web vitals from table {@code vital}; its columns are those of
 * {@link QuerySql}.
 *
 * <p>A percentile is interpolated within the bucket that it lies in, as if the values were spread
 * evenly there. So it is off by less than the bucket is wide: at most 14.3 %, or 10 ms (0.001)
 * below the first bound. In the last bucket, which has no end, it is the bound where that begins.
 */
final class VitalsSql {

  /*
   * figures: how many views there are in each bucket, for each value of the dimensions.
   * ranked:  the same with how many there are up to it, and of that vital in all.
   */
  private static final String ANSWER =
      """
      with figures as (
        select %1$smetric, bucket, sum(views) as views
        from vital%2$s
        where vital.site_id = $1 and vital.day between $2 and $3
          and ($4::timestamptz, $5::timestamptz) is not null and (%3$s)
        group by %1$smetric, bucket
      ),
      ranked as (
        select *, sum(views) over (partition by %1$smetric order by bucket) as upto,
          0.75 * sum(views) over (partition by %1$smetric) as rank
        from figures
      ),
      answer as (
        select %4$s
        from ranked
        group by %5$s
      )
      """;

  private static final String PAGE =
      " join page on page.site_id = vital.site_id and page.id = vital.page_id";

  /** The first bucket up to which three quarters of the views are. */
  private static final String PERCENTILE =
      """
      round(max(
        case when upto >= rank and upto - views < rank then
          case when bucket = %1$d then %2$s[%1$d]
            else coalesce(%2$s[bucket], 0)
              + (%2$s[bucket + 1] - coalesce(%2$s[bucket], 0)) * (rank - upto + views) / views end
        end) filter (where metric = %3$d)::numeric, %4$d)::float8""";

  private static final String COUNT =
      "coalesce(sum(views) filter (where metric = %d and bucket between %d and %d), 0)::bigint";

  private final Query query;
  private final Parameters parameters;
  private final Lookups lookups;

  private VitalsSql(Query query, Parameters parameters, Lookups lookups) {
    this.query = query;
    this.parameters = parameters;
    this.lookups = lookups;
  }

  /** The comparisons that have to be looked up first. */
  static Filter pages(Filter filter) {
    return new Filter.All(
        filter
            .allComparisons()
            .filter(comparison -> Rules.isOfPages(comparison.attribute()))
            .map(Filter.class::cast)
            .toList());
  }

  /**
   * @param rows the only rows that are wanted; null for any
   */
  static QuerySql of(
      SiteId site, Plan plan, Period period, Lookups lookups, @Nullable List<Answer.Row> rows) {
    Query query = plan.query();
    Parameters parameters = new Parameters(site, period, List.of());
    String answer = new VitalsSql(query, parameters, lookups).answer(plan.filter());
    return new QuerySql(answer + QuerySql.rows(query, rows, parameters), parameters.tuple());
  }

  private String answer(Filter filter) {
    List<String> keys = TallySql.keys(query.dimensions());
    List<String> figures = new ArrayList<>(keys);
    for (int i = 0; i < query.metrics().size(); i++) {
      figures.add(figure(query.metrics().get(i)) + " as m" + i);
    }
    return ANSWER.formatted(
        keys.stream().map(key -> key + ", ").collect(Collectors.joining()),
        joined(),
        condition(filter),
        String.join(", ", figures),
        keys.isEmpty() ? "()" : String.join(", ", keys));
  }

  /** The pages, and beside each row its values of the dimensions. */
  private String joined() {
    StringBuilder joined = new StringBuilder();
    if (query.dimensions().stream().anyMatch(Rules::isOfPages)) {
      joined.append(PAGE);
    }
    for (int i = 0; i < query.dimensions().size(); i++) {
      joined.append(
          " cross join lateral (select %s as d%d) as of%2$d"
              .formatted(value((Dimension) query.dimensions().get(i)), i));
    }
    return joined.toString();
  }

  private static String value(Dimension dimension) {
    String value = dimension.expression();
    return dimension == Dimension.VISIT_DEVICE
        ? value.replace("client.device", "vital.device")
        : value.replace("{visit}", "vital");
  }

  private String figure(Metric metric) {
    Vital vital = metric.vital();
    return switch (metric.figure()) {
      case PERCENTILE -> percentile(vital);
      case GOOD -> count(vital, 0, vital.lastGood());
      case NEEDS_WORK -> count(vital, vital.lastGood() + 1, vital.lastFair());
      case POOR -> count(vital, vital.lastFair() + 1, Vital.last());
    };
  }

  private String percentile(Vital vital) {
    Double[] bounds = Arrays.stream(vital.upperBounds()).boxed().toArray(Double[]::new);
    return PERCENTILE.formatted(
        Vital.last(),
        "(" + parameters.add(bounds) + "::float8[])",
        vital.number(),
        vital == Vital.CLS ? 3 : 0);
  }

  private static String count(Vital vital, int first, int last) {
    return COUNT.formatted(vital.number(), first, last);
  }

  private String condition(Filter filter) {
    if (filter instanceof Filter.All all) {
      return joined(all.parts(), " and ", "true");
    }
    if (filter instanceof Filter.Any any) {
      return joined(any.parts(), " or ", "false");
    }
    if (filter instanceof Filter.Not not) {
      return "not (" + condition(not.part()) + ")";
    }
    Filter.Compare comparison = (Filter.Compare) filter;
    String fits =
        Rules.isOfPages(comparison.attribute())
            ? "vital.page_id = any (" + parameters.addNumbers(lookups.numbers(comparison)) + ")"
            : "vital.device = any (" + parameters.addTexts(devices(comparison)) + ")";
    return comparison.negated() ? "not " + fits : fits;
  }

  private String joined(List<Filter> parts, String word, String ifEmpty) {
    return parts.isEmpty()
        ? ifEmpty
        : parts.stream().map(part -> "(" + condition(part) + ")").collect(Collectors.joining(word));
  }

  private static List<String> devices(Filter.Compare comparison) {
    return Arrays.stream(DeviceClass.values())
        .map(DeviceClass::label)
        .filter(label -> comparison.positive().fits().test(label.isEmpty() ? "(not set)" : label))
        .toList();
  }
}
