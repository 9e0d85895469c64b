package dk.sporlos.stats;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What has to be true of a step, or of the visit that it belongs to, for it to count.
 *
 * <p>Values are compared as answers show them: {@code Direct / None}, {@code (not set)}, {@code
 * (none)}.
 */
public sealed interface Filter {

  /** The filter as the query language writes it. */
  JsonArray json();

  /** The filters that it is made of. */
  List<Filter> parts();

  /** Whether it tells the steps of one visit apart. */
  default boolean ofSteps() {
    return parts().stream().anyMatch(Filter::ofSteps);
  }

  /** Its comparisons, but for those of steps elsewhere in the visit. */
  default Stream<Compare> comparisons() {
    return parts().stream().flatMap(Filter::comparisons);
  }

  /** All its comparisons. */
  default Stream<Compare> allComparisons() {
    return parts().stream().flatMap(Filter::allComparisons);
  }

  /** Whether there is a comparison of an attribute in it. */
  default boolean asksAbout(Attribute attribute) {
    return comparisons().anyMatch(comparison -> comparison.attribute().equals(attribute));
  }

  /** Whether there is a comparison of a property in it. */
  default boolean asksAboutProperties() {
    return comparisons().anyMatch(comparison -> comparison.attribute() instanceof Property);
  }

  /** Whether what it asks about steps is on which page they were taken. */
  default boolean ofPagesAlone() {
    return parts().stream().allMatch(Filter::ofPagesAlone);
  }

  /** Every one of them. */
  record All(List<Filter> parts) implements Filter {
    /** Lets everything count. */
    static final All NOTHING = new All(List.of());

    public All {
      parts = List.copyOf(parts);
    }

    @Override
    public JsonArray json() {
      return new JsonArray().add("and").add(list(parts));
    }
  }

  /** One of them at least. */
  record Any(List<Filter> parts) implements Filter {
    public Any {
      parts = List.copyOf(parts);
    }

    @Override
    public JsonArray json() {
      return new JsonArray().add("or").add(list(parts));
    }
  }

  /** The opposite. */
  record Not(Filter part) implements Filter {
    @Override
    public List<Filter> parts() {
      return List.of(part);
    }

    @Override
    public JsonArray json() {
      return new JsonArray().add("not").add(part.json());
    }
  }

  /** A step of the same visit for which it is true, or no such step. */
  record HasDone(Filter part, boolean negated) implements Filter {
    @Override
    public List<Filter> parts() {
      return List.of(part);
    }

    @Override
    public boolean ofSteps() {
      return false;
    }

    @Override
    public boolean ofPagesAlone() {
      return true;
    }

    @Override
    public Stream<Compare> comparisons() {
      return Stream.empty();
    }

    @Override
    public JsonArray json() {
      return new JsonArray().add(negated ? "has_not_done" : "has_done").add(part.json());
    }
  }

  /** The filters of one of these segments. */
  record InSegment(List<Long> numbers) implements Filter {
    public InSegment {
      numbers = List.copyOf(numbers);
    }

    @Override
    public List<Filter> parts() {
      return List.of();
    }

    @Override
    public JsonArray json() {
      return new JsonArray().add("is").add("segment").add(new JsonArray(numbers));
    }
  }

  /** A page that was scrolled down to this percentage; what goals are made of. */
  record Scrolled(int percent) implements Filter {
    @Override
    public List<Filter> parts() {
      return List.of();
    }

    @Override
    public boolean ofSteps() {
      return true;
    }

    @Override
    public boolean ofPagesAlone() {
      return false;
    }

    @Override
    public JsonArray json() {
      throw new IllegalStateException("not in the query language");
    }
  }

  /** A value that fits one of the clauses, or none of them. */
  record Compare(
      Operator operator,
      boolean negated,
      Attribute attribute,
      List<String> clauses,
      boolean caseSensitive)
      implements Filter {

    public Compare {
      clauses = List.copyOf(clauses);
    }

    /** An attribute that has one of these values. */
    static Compare is(Attribute attribute, List<String> values) {
      return new Compare(Operator.IS, false, attribute, values, true);
    }

    /** The same, not negated: whether a value fits one of the clauses. */
    Compare positive() {
      return new Compare(operator, false, attribute, clauses, caseSensitive);
    }

    /** Says of a value whether it fits one of the clauses. */
    Predicate<String> fits() {
      return clauses.stream()
          .map(clause -> operator.test(clause, caseSensitive))
          .reduce(Predicate::or)
          .orElse(value -> false);
    }

    @Override
    public List<Filter> parts() {
      return List.of();
    }

    @Override
    public boolean ofSteps() {
      return attribute.ofSteps();
    }

    @Override
    public boolean ofPagesAlone() {
      return !attribute.ofSteps() || Rules.isOfPages(attribute);
    }

    @Override
    public Stream<Compare> comparisons() {
      return Stream.of(this);
    }

    @Override
    public Stream<Compare> allComparisons() {
      return Stream.of(this);
    }

    @Override
    public JsonArray json() {
      JsonArray json =
          new JsonArray()
              .add(operator.word(negated))
              .add(attribute.word())
              .add(new JsonArray(clauses));
      return caseSensitive ? json : json.add(new JsonObject().put("case_sensitive", false));
    }
  }

  private static JsonArray list(List<Filter> filters) {
    JsonArray list = new JsonArray();
    filters.forEach(filter -> list.add(filter.json()));
    return list;
  }
}
