package dk.sporlos.stats;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Filters as SQL. A condition is true or false, never null, so that its opposite is right.
 *
 * <p>Whatever a filter compares with is a parameter; the text is composed from constants alone.
 */
final class FilterSql {

  /** So few numbers are looked for in the packed steps of a visit before they are unpacked. */
  private static final int FEW = 4;

  private static final String DONE = "exists (select from unpack(visited.steps) as done where %s)";

  private static final String SAID =
      """
      (visited.visit, done.step) in (
        select said.visit, said.step from %s where %s)""";

  private final Parameters parameters;
  private final Lookups lookups;
  private final String saidOfSteps;

  FilterSql(Parameters parameters, Lookups lookups) {
    this.parameters = parameters;
    this.lookups = lookups;
    this.saidOfSteps = QuerySql.said(lookups.live());
  }

  /** The condition under which a step counts. */
  String condition(Filter filter, Scope scope) {
    if (filter instanceof Filter.All all) {
      return joined(all.parts(), scope, " and ", "true");
    }
    if (filter instanceof Filter.Any any) {
      return joined(any.parts(), scope, " or ", "false");
    }
    if (filter instanceof Filter.Not not) {
      return "not (" + condition(not.part(), scope) + ")";
    }
    if (filter instanceof Filter.HasDone done) {
      return (done.negated() ? "not " : "") + "(" + done(done.part(), scope) + ")";
    }
    if (filter instanceof Filter.Scrolled scrolled) {
      return "coalesce(%s.scroll >= %s::int, false)"
          .formatted(scope.step(), parameters.add(scrolled.percent()));
    }
    if (filter instanceof Filter.Compare comparison) {
      return (comparison.negated() ? "not " : "") + comparison(comparison, scope);
    }
    throw new IllegalStateException("a segment is replaced by its filters before: " + filter);
  }

  /**
   * A condition that every visit fulfils in which there is a step that counts, and that costs
   * little; null if there is none.
   */
  @Nullable String visitCondition(Filter filter) {
    if (!hasVisitCondition(filter)) {
      return null;
    }
    if (!filter.ofSteps()) {
      return condition(filter, Scope.STEPS);
    }
    if (filter instanceof Filter.Compare comparison) {
      return packed(comparison);
    }
    return filter.parts().stream()
        .filter(this::hasVisitCondition)
        .map(part -> "(" + visitCondition(part) + ")")
        .collect(Collectors.joining(filter instanceof Filter.Any ? " or " : " and "));
  }

  private boolean hasVisitCondition(Filter filter) {
    if (filter instanceof Filter.Compare comparison && filter.ofSteps()) {
      return !comparison.negated()
          && comparison.attribute() instanceof Dimension
          && areFew(lookups.numbers(comparison));
    }
    if (filter instanceof Filter.Any any) {
      return any.parts().stream().allMatch(this::hasVisitCondition);
    }
    return !filter.ofSteps()
        || (filter instanceof Filter.All all
            && all.parts().stream().anyMatch(this::hasVisitCondition));
  }

  private static boolean areFew(List<Integer> numbers) {
    return numbers.size() <= FEW && !numbers.contains(0);
  }

  /** Whether the bytes of one of few pages or names are among those of the steps. */
  private String packed(Filter.Compare comparison) {
    boolean named = ((Dimension) comparison.attribute()).of() == Dimension.Of.NAME;
    List<String> found = new ArrayList<>();
    for (int number : lookups.numbers(comparison)) {
      Buffer bytes = Buffer.buffer().appendInt(named ? -number : number);
      found.add("position(%s::bytea in visited.steps) > 0".formatted(parameters.add(bytes)));
    }
    return found.isEmpty() ? "false" : String.join(" or ", found);
  }

  private String joined(List<Filter> parts, Scope scope, String word, String ifEmpty) {
    return parts.isEmpty()
        ? ifEmpty
        : parts.stream()
            .map(part -> "(" + condition(part, scope) + ")")
            .collect(Collectors.joining(word));
  }

  private String done(Filter filter, Scope scope) {
    return scope.lone() ? condition(filter, scope) : DONE.formatted(condition(filter, Scope.DONE));
  }

  private String comparison(Filter.Compare comparison, Scope scope) {
    if (comparison.attribute() instanceof Property property) {
      return property(comparison, property, scope);
    }
    Dimension.Of of = ((Dimension) comparison.attribute()).of();
    List<Integer> numbers = lookups.numbers(comparison);
    if (numbers.isEmpty() || (scope.lone() && !of.ofLoneHits())) {
      return numbers.contains(0) ? "true" : "false";
    }
    return "%s = any (%s)".formatted(scope.fill(of.key()), parameters.addNumbers(numbers));
  }

  private String property(Filter.Compare comparison, Property property, Scope scope) {
    if (!scope.properties().isEmpty()) {
      return fits(comparison, value(scope.properties(), property));
    }
    String fits = fits(comparison, value("said.properties", property));
    boolean fitsNone = comparison.fits().test(Property.NONE);
    return fitsNone
        ? "not (" + SAID.formatted(saidOfSteps, "not (" + fits + ")") + ")"
        : SAID.formatted(saidOfSteps, fits);
  }

  private String value(String properties, Property property) {
    return "coalesce(%s ->> %s::text, '(none)')"
        .formatted(properties, parameters.add(property.key()));
  }

  private String fits(Filter.Compare comparison, String value) {
    Operator operator = comparison.operator();
    if (!operator.hasSql()) {
      List<String> values = new ArrayList<>(lookups.values(comparison));
      if (comparison.fits().test(Property.NONE)) {
        values.add(Property.NONE);
      }
      return Operator.IS.sql(value, parameters.addTexts(values), true);
    }
    String clauses =
        parameters.addTexts(comparison.clauses().stream().map(operator::operand).toList());
    return operator.sql(value, clauses, comparison.caseSensitive());
  }
}
