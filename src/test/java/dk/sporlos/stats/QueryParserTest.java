package dk.sporlos.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryParserTest {

  @Test
  void fillsInWhatIsLeftOut() {
    Query query =
        parse("{'site_id':'example.com','metrics':['visitors','bounce_rate'],'date_range':'7d'}");

    assertThat(query)
        .isEqualTo(
            new Query(
                List.of(Metric.VISITORS, Metric.BOUNCE_RATE),
                DateRange.Named.LAST_7_DAYS,
                List.of(),
                List.of(),
                new Query.Include(false, false, false),
                new Query.Paging(10_000, 0)));
  }

  @Test
  void readsEveryPart() {
    Query query =
        parse(
            """
            {'site_id':'example.com','metrics':['pageviews'],'date_range':['2024-01-01','2024-01-31'],
             'filters':[],'dimensions':['time:week','event:page'],
             'order_by':[['event:page','asc'],['pageviews','desc']],
             'include':{'imports':true,'time_labels':true,'total_rows':true},
             'pagination':{'limit':1,'offset':20}}
            """);

    assertThat(query)
        .isEqualTo(
            new Query(
                List.of(Metric.PAGEVIEWS),
                new DateRange.Days(LocalDate.of(2024, 1, 1), LocalDate.of(2024, 1, 31)),
                List.of(Dimension.TIME_WEEK, Dimension.EVENT_PAGE),
                List.of(
                    new Order(Dimension.EVENT_PAGE, Order.Direction.ASC),
                    new Order(Metric.PAGEVIEWS, Order.Direction.DESC)),
                new Query.Include(true, true, true),
                new Query.Paging(1, 20)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "day", "24h", "7d", "28d", "30d", "90d", "91d", "month", "6mo", "12mo", "year", "all"
      })
  void knowsTheNamesOfRanges(String name) {
    assertThat(range("'" + name + "'")).isInstanceOf(DateRange.Named.class);
  }

  @ParameterizedTest
  @CsvSource({
    "2024-01-01T12:00:00+02:00, 2024-01-01T10:00:00Z",
    "2024-01-01T12:00:00Z, 2024-01-01T12:00:00Z",
    "2024-01-01T12:00-05:30, 2024-01-01T17:30:00Z",
    "2024-01-01T12:00:00.25+00:00, 2024-01-01T12:00:00.25Z"
  })
  void readsMomentsWithTheirOffset(String written, Instant moment) {
    assertThat(range("['%s','%s']".formatted(written, written)))
        .isEqualTo(new DateRange.Moments(moment, moment));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("faults")
  void saysWhatIsWrongAndWhere(String document, String message) {
    assertThatThrownBy(() -> parse(document))
        .isInstanceOf(InvalidQueryException.class)
        .hasMessage(message.replace('\'', '"'));
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        arguments(
            "{'site_id':'a.dk'}", "#: Required properties metrics, date_range were not present."),
        arguments(
            "{'site_id':'a.dk','metrics':['visits']}",
            "#: Required property date_range was not present."),
        arguments(with("colour", "1"), "#/colour: Schema does not allow additional properties."),
        arguments(with("a/b~c", "1"), "#/a~1b~0c: Schema does not allow additional properties."),
        arguments(with("metrics", "[]"), "#/metrics: Expected a minimum of 1 items but got 0."),
        arguments(
            with("metrics", "'visits'"),
            "#/metrics: Type mismatch. Expected Array but got String."),
        arguments(
            with("metrics", "null"), "#/metrics: Type mismatch. Expected Array but got Null."),
        arguments(with("metrics", "['visitors','baa']"), "#/metrics/1: Invalid metric 'baa'"),
        arguments(with("metrics", "['visitors',7]"), "#/metrics/1: Invalid metric 7"),
        arguments(with("metrics", "[null]"), "#/metrics/0: Invalid metric null"),
        arguments(
            with("metrics", "['visits','visits']"),
            "#/metrics: Expected items to be unique but they were not."),
        arguments(
            with("metrics", "['scroll_depth']"),
            "Metric `scroll_depth` can only be queried with event:page filters or dimensions."),
        arguments(
            with("metrics", "['conversion_rate']"),
            "Metric `conversion_rate` can only be queried with event:goal filters or dimensions."),
        arguments(with("dimensions", "['x']"), "#/dimensions/0: Invalid dimension 'x'"),
        arguments(
            with("dimensions", "['event:props:']"),
            "#/dimensions/0: Invalid dimension 'event:props:'"),
        arguments(
            with("dimensions", "['time','time']"),
            "#/dimensions: Expected items to be unique but they were not."),
        arguments(
            with("dimensions", "{}"),
            "#/dimensions: Type mismatch. Expected Array but got Object."),
        arguments(
            with("date_range", "'bad_period'"), "#/date_range: Invalid date range 'bad_period'"),
        arguments(
            with("date_range", "'" + "x".repeat(200) + "'"),
            "#/date_range: Invalid date range '" + "x".repeat(99) + "…"),
        arguments(with("date_range", "5"), "#/date_range: Invalid date range 5"),
        arguments(with("date_range", "[]"), "#/date_range: Invalid date range []"),
        arguments(
            with("date_range", "['2024-02-30','2024-03-01']"),
            "#/date_range: Invalid date range ['2024-02-30','2024-03-01']"),
        arguments(
            with("date_range", "['2024-02-01','2024-03-01T00:00:00Z']"),
            "#/date_range: Invalid date range ['2024-02-01','2024-03-01T00:00:00Z']"),
        arguments(
            with("date_range", "['2024-03-01T25:00:00Z','2024-03-02T00:00:00Z']"),
            "#/date_range: Invalid date range ['2024-03-01T25:00:00Z','2024-03-02T00:00:00Z']"),
        arguments(
            with("date_range", "['2024-02-02','2024-02-01']"),
            "#/date_range: Invalid date range ['2024-02-02','2024-02-01']:"
                + " it ends before it begins."),
        arguments(
            with("date_range", "['2024-02-01T10:00:00Z','2024-02-01T10:30:00+01:00']"),
            "#/date_range: Invalid date range"
                + " ['2024-02-01T10:00:00Z','2024-02-01T10:30:00+01:00']:"
                + " it ends before it begins."),
        arguments(
            with("date_range", "['0001-01-01','9999-12-31']"),
            "#/date_range: Invalid date range ['0001-01-01','9999-12-31']:"
                + " years lie between 1900 and 2999."),
        arguments(
            with("filters", "'x'"), "#/filters: Type mismatch. Expected Array but got String."),
        arguments(
            with("order_by", "[['pageviews','desc']]"),
            "#/order_by/0: Invalid order_by entry ['pageviews','desc']."
                + " Entry is not a queried metric or dimension."),
        arguments(
            with("order_by", "[['baa','desc']]"),
            "#/order_by/0: Invalid order_by entry ['baa','desc']."
                + " Entry is not a queried metric or dimension."),
        arguments(
            with("order_by", "[['visitors','up']]"),
            "#/order_by/0: Invalid order_by entry ['visitors','up']"),
        arguments(
            with("order_by", "['visitors']"), "#/order_by/0: Invalid order_by entry 'visitors'"),
        arguments(
            with("order_by", "[['visitors','asc'],['visitors','desc']]"),
            "#/order_by: Expected items to be unique but they were not."),
        arguments(
            with("include", "{'colour':true}"),
            "#/include/colour: Schema does not allow additional properties."),
        arguments(
            with("include", "{'total_rows':1}"),
            "#/include/total_rows: Type mismatch. Expected Boolean but got Integer."),
        arguments(
            with("include", "{'time_labels':true}"),
            "Invalid include.time_labels: requires a time dimension."),
        arguments(
            with("pagination", "{'limit':0}"), "#/pagination/limit: Expected the value to be >= 1"),
        arguments(
            with("pagination", "{'limit':10001}"),
            "#/pagination/limit: Expected the value to be <= 10000"),
        arguments(
            with("pagination", "{'limit':'10'}"),
            "#/pagination/limit: Type mismatch. Expected Integer but got String."),
        arguments(
            with("pagination", "{'limit':1.5}"),
            "#/pagination/limit: Type mismatch. Expected Integer but got Number."),
        arguments(
            with("pagination", "{'offset':-1}"),
            "#/pagination/offset: Expected the value to be >= 0"),
        arguments(
            with("pagination", "{'offset':99999999999999999999999}"),
            "#/pagination/offset: Expected the value to be <= 2147483647"),
        arguments(
            "{'site_id':'a.dk','date_range':'day','metrics':['views_per_visit'],"
                + "'dimensions':['event:page']}",
            "Metric `views_per_visit` cannot be queried with `dimensions`."));
  }

  /** A document that is right but for one member. */
  private static String with(String key, String json) {
    return new JsonObject(
            "{'site_id':'example.com','metrics':['visitors'],'date_range':'7d'}".replace('\'', '"'))
        .put(key, Json.decodeValue(json.replace('\'', '"')))
        .encode();
  }

  private static DateRange range(String json) {
    return parse(with("date_range", json)).range();
  }

  private static Query parse(String document) {
    return QueryParser.parse(new JsonObject(document.replace('\'', '"')));
  }
}
