package dk.sporlos.goal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DefinitionsTest {

  static Stream<Arguments> unfit() {
    Condition event = new Condition.EventSent("Signup");
    PagePattern page = new PagePattern("/");
    return Stream.of(
        unfit("event: write", () -> new Condition.EventSent(" ")),
        unfit("event: write", () -> new Condition.EventSent("x".repeat(121))),
        unfit("event: leave out line breaks", () -> new Condition.EventSent("a\0b")),
        unfit("event: 'pageview' is no custom event", () -> new Condition.EventSent("pageview")),
        unfit(
            "event: 'engagement' is no custom event", () -> new Condition.EventSent("engagement")),
        unfit("scroll: ", () -> new Condition.PageScrolled(page, 0)),
        unfit("scroll: ", () -> new Condition.PageScrolled(page, 101)),
        unfit("name: ", () -> new Goal.Definition("", event, Map.of(), null)),
        unfit("property: ", () -> new Goal.Definition(null, event, Map.of("", "x"), null)),
        unfit("value: ", () -> new Goal.Definition(null, event, Map.of("x", ""), null)),
        unfit(
            "properties: a goal has at most 3",
            () ->
                new Goal.Definition(
                    null, event, Map.of("a", "1", "b", "1", "c", "1", "d", "1"), null)),
        unfit("currency: ", () -> new Worth("KRONER", null)),
        unfit("value: ", () -> new Worth("DKK", new BigDecimal("-1"))),
        unfit("value: ", () -> new Worth("DKK", new BigDecimal("1e12"))),
        unfit("value: ", () -> new Worth("DKK", new BigDecimal("0.0000001"))),
        unfit("goals: a funnel has 2 to 8 steps", () -> new Funnel(1, "One", List.of(1L))),
        unfit(
            "goals: a funnel has 2 to 8 steps",
            () -> new Funnel(1, "Nine", List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L))),
        unfit("goals: each goal is a step once", () -> new Funnel(1, "Twice", List.of(1L, 1L))),
        unfit("filters: write at least one", () -> new Segment(1, null, "x", new JsonArray())),
        unfit(
            "filters: together",
            () -> new Segment(1, null, "x", new JsonArray().add("y".repeat(20_000)))),
        unfit(
            "name: write between 1 and 120",
            () -> new Segment(1, null, "x".repeat(121), new JsonArray().add("y"))),
        unfit(
            "text: write between 1 and 500",
            () -> new Annotation(1, null, LocalDate.of(2026, 1, 1), "x".repeat(501))),
        unfit("day: ", () -> new Annotation(1, null, LocalDate.of(1899, 12, 31), "Long ago")),
        unfit("text: ", () -> new Annotation(1, null, LocalDate.of(2026, 1, 1), " ")),
        unfit("day: ", () -> new Annotation(1, null, LocalDate.of(9999, 1, 1), "Far away")));
  }

  private static Arguments unfit(String message, ThrowingCallable definition) {
    return Arguments.of(message, definition);
  }

  @ParameterizedTest
  @MethodSource("unfit")
  void whatCannotBeKeptIsRefusedWithWhatToWrite(String message, ThrowingCallable definition) {
    assertThatThrownBy(definition)
        .isInstanceOf(UnfitDefinitionException.class)
        .hasMessageStartingWith(message);
  }
}
