package dk.sporlos.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.vertx.core.json.JsonArray;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Filters are written with single quotes. */
class FilterParserTest {

  @Test
  void readsEveryKind() {
    Filter filter =
        parse(
            """
            [['and',[['is_not','visit:country',['DK','']],
                     ['or',[['matches_wildcard','event:page',['/blog/**']],
                            ['contains_not','event:props:plan',['pro'],{'case_sensitive':false}]]]]],
             ['not',['has_done',['is','event:goal',['Signup']]]],
             ['has_not_done',['matches','event:page',['^/a']]],
             ['is','segment',[7,8]]]
            """);

    assertThat(filter)
        .isEqualTo(
            new Filter.All(
                List.of(
                    new Filter.All(
                        List.of(
                            new Filter.Compare(
                                Operator.IS,
                                true,
                                Dimension.VISIT_COUNTRY,
                                List.of("DK", ""),
                                true),
                            new Filter.Any(
                                List.of(
                                    new Filter.Compare(
                                        Operator.MATCHES_WILDCARD,
                                        false,
                                        Dimension.EVENT_PAGE,
                                        List.of("/blog/**"),
                                        true),
                                    new Filter.Compare(
                                        Operator.CONTAINS,
                                        true,
                                        new Property("plan"),
                                        List.of("pro"),
                                        false))))),
                    new Filter.Not(
                        new Filter.HasDone(
                            Filter.Compare.is(Dimension.EVENT_GOAL, List.of("Signup")), false)),
                    new Filter.HasDone(
                        new Filter.Compare(
                            Operator.MATCHES, false, Dimension.EVENT_PAGE, List.of("^/a"), true),
                        true),
                    new Filter.InSegment(List.of(7L, 8L)))));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("faults")
  void saysWhatIsWrongAndWhere(String filters, String message) {
    assertThatThrownBy(() -> parse(filters))
        .isInstanceOf(InvalidQueryException.class)
        .hasMessage(message.replace('\'', '"'));
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        arguments("['x']", "#/filters/0: Type mismatch. Expected Array but got String."),
        arguments("[[]]", "#/filters/0: Invalid filter []"),
        arguments("[[7,'event:page',['/']]]", "#/filters/0: Invalid filter [7,'event:page',['/']]"),
        arguments("[['like','event:page',['/']]]", "#/filters/0/0: Unknown operator 'like'"),
        arguments("[['is','event:page']]", "#/filters/0: Expected a minimum of 3 items but got 2."),
        arguments(
            "[['is','event:page',['/'],{},1]]",
            "#/filters/0: Expected a maximum of 4 items but got 5."),
        arguments(
            "[['is','event:colour',['x']]]",
            "#/filters/0/1: Invalid filter dimension 'event:colour'"),
        arguments("[['is',null,['x']]]", "#/filters/0/1: Invalid filter dimension null"),
        arguments(
            "[['is','time:day',['x']]]", "#/filters/0/1: Invalid filter dimension 'time:day'"),
        arguments(
            "[['is','event:page',[]]]", "#/filters/0/2: Expected a minimum of 1 items but got 0."),
        arguments(
            "[['is','event:page','/']]",
            "#/filters/0/2: Type mismatch. Expected Array but got String."),
        arguments(
            "[['is','event:page',['/',7]]]",
            "#/filters/0/2/1: Type mismatch. Expected String but got Integer."),
        arguments(
            "[['is','event:page',['a\\u0000b']]]",
            "#/filters/0/2/0: A clause cannot contain the character U+0000."),
        arguments(
            "[['is','event:page',['" + "x".repeat(2_001) + "']]]",
            "#/filters/0/2/0: A clause has at most 2000 characters."),
        arguments(
            "[['is','event:page',['/'],{'colour':1}]]",
            "#/filters/0/3/colour: Schema does not allow additional properties."),
        arguments(
            "[['is','event:page',['/'],{'case_sensitive':1}]]",
            "#/filters/0/3/case_sensitive: Type mismatch. Expected Boolean but got Integer."),
        arguments("[['and',[]]]", "#/filters/0/1: Expected a minimum of 1 items but got 0."),
        arguments(
            "[['or',[['is','event:page',['/']],['not',['is','x',['/']]]]]]",
            "#/filters/0/1/1/1/1: Invalid filter dimension 'x'"),
        arguments("[['not',[]]]", "#/filters/0/1: Invalid filter []"),
        arguments(
            "[['is_not','event:goal',['Signup']]]",
            "#/filters/0/0: Dimension `event:goal` is filtered by the operators `is` and `contains`"
                + " only."),
        arguments(
            "[['is_not','segment',[1]]]",
            "#/filters/0/0: A segment is filtered by the operator `is` only."),
        arguments(
            "[['is','segment',['1']]]",
            "#/filters/0/2/0: Type mismatch. Expected Integer but got String."),
        arguments(
            "[['is','visit:country',['Denmark']]]",
            "Invalid visit:country filter, visit:country needs to be a valid 2-letter country code."),
        arguments(
            "[['matches_wildcard','event:page',['***********']]]",
            "#/filters/0/2/0: A wildcard has at most 10 stars."),
        arguments(
            "[['matches','event:page',['" + "x".repeat(1_001) + "']]]",
            "#/filters/0/2/0: A regular expression has at most 1000 characters."),
        arguments(
            "[['matches','event:page',['(']]]",
            "#/filters/0/2/0: Invalid regular expression '(': missing closing ). Write it in the"
                + " syntax of RE2."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"(a)\\\\1", "(?=a)b", "a**", "(((a{100}){100}){100})", "(?<!x)y"})
  void refusesRegularExpressionsThatDoNotEnd(String regex) {
    assertThatThrownBy(() -> parse("[['matches','event:page',['" + regex + "']]]"))
        .isInstanceOf(InvalidQueryException.class)
        .hasMessageStartingWith("#/filters/0/2/0: Invalid regular expression ");
  }

  @Test
  void readsFiltersOnlySoDeep() {
    assertThat(parse(nested(FilterParser.DEEPEST - 1))).isNotNull();

    assertThatThrownBy(() -> parse(nested(FilterParser.DEEPEST)))
        .hasMessage("#/filters: Filters are nested at most 32 deep.");
    assertThatThrownBy(() -> parse(nested(900)))
        .hasMessage("#/filters: Filters are nested at most 32 deep.");
  }

  @Test
  void readsOnlySoManyFiltersAndClauses() {
    String one = "['is','event:page',['/']]";

    assertThatThrownBy(() -> parse("[" + (one + ",").repeat(200) + one + "]"))
        .hasMessage("#/filters: A query has at most 200 filters.");
    assertThatThrownBy(() -> parse("[['is','event:page',[" + "'/',".repeat(2_000) + "'/']]]"))
        .hasMessage("#/filters: A query has at most 2000 clauses.");
    assertThatThrownBy(() -> parse("[['matches','event:page',[" + "'/',".repeat(20) + "'/']]]"))
        .hasMessage("#/filters: A query has at most 20 regular expressions.");
  }

  private static String nested(int depth) {
    return "[" + "['not',".repeat(depth) + "['is','event:page',['/']]" + "]".repeat(depth) + "]";
  }

  private static Filter.All parse(String filters) {
    return FilterParser.parse(Place.ROOT.at("filters"), new JsonArray(filters.replace('\'', '"')));
  }
}
