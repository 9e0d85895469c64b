package dk.sporlos.stats;

import dk.sporlos.goal.Condition;
import dk.sporlos.goal.Goal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is true of a step of a visit, by the definitions in words. */
final class OracleValues {

  private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private final ZoneId zone;
  private final List<Goal> goals;

  OracleValues(ZoneId zone, List<Goal> goals) {
    this.zone = zone;
    this.goals = goals;
  }

  /** Whether a filter lets a step of a visit count. */
  boolean holds(Filter filter, TestVisit visit, TestVisit.Step step) {
    if (filter instanceof Filter.All all) {
      return all.parts().stream().allMatch(part -> holds(part, visit, step));
    }
    if (filter instanceof Filter.Any any) {
      return any.parts().stream().anyMatch(part -> holds(part, visit, step));
    }
    if (filter instanceof Filter.Not not) {
      return !holds(not.part(), visit, step);
    }
    if (filter instanceof Filter.HasDone done) {
      return done.negated()
          != visit.steps().stream().anyMatch(other -> holds(done.part(), visit, other));
    }
    Filter.Compare comparison = (Filter.Compare) filter;
    boolean fits =
        values(visit, step, comparison.attribute()).stream()
            .anyMatch(
                value -> comparison.clauses().stream().anyMatch(c -> fits(comparison, c, value)));
    return fits != comparison.negated();
  }

  private static boolean fits(Filter.Compare comparison, String clause, String value) {
    String one = comparison.caseSensitive() ? value : value.toLowerCase(Locale.ROOT);
    String other = comparison.caseSensitive() ? clause : clause.toLowerCase(Locale.ROOT);
    int flags = comparison.caseSensitive() ? 0 : Pattern.CASE_INSENSITIVE;
    return switch (comparison.operator()) {
      case IS -> one.equals(other);
      case CONTAINS -> one.contains(other);
      case MATCHES -> Pattern.compile(clause, flags).matcher(value).find();
      case MATCHES_WILDCARD -> isLike(one, other);
    };
  }

  /** Tries each length of text that a star can stand for. */
  private static boolean isLike(String value, String wildcard) {
    if (wildcard.isEmpty()) {
      return value.isEmpty();
    }
    if (wildcard.charAt(0) != '*') {
      return !value.isEmpty()
          && value.charAt(0) == wildcard.charAt(0)
          && isLike(value.substring(1), wildcard.substring(1));
    }
    boolean any = wildcard.startsWith("**");
    String rest = wildcard.substring(any ? 2 : 1);
    for (int length = 0; length <= value.length(); length++) {
      if (!any && value.substring(0, length).contains("/")) {
        return false;
      }
      if (isLike(value.substring(length), rest)) {
        return true;
      }
    }
    return false;
  }

  /** The combinations of values of the dimensions for a step. */
  List<List<String>> values(
      TestVisit visit, TestVisit.Step step, List<Attribute> dimensions, Filter named) {
    List<List<String>> combinations = List.of(List.of());
    for (Attribute dimension : dimensions) {
      List<List<String>> longer = new ArrayList<>();
      for (List<String> combination : combinations) {
        for (String value : values(visit, step, dimension)) {
          if (dimension != Dimension.EVENT_GOAL || isNamed(value, named)) {
            List<String> more = new ArrayList<>(combination);
            more.add(value);
            longer.add(more);
          }
        }
      }
      combinations = longer;
    }
    return combinations;
  }

  /** Filters that all have to be true, however they are nested. */
  static Stream<Filter> flat(Filter filter) {
    return filter instanceof Filter.All all
        ? all.parts().stream().flatMap(OracleValues::flat)
        : Stream.of(filter);
  }

  /** Whether rows of goals are about a goal: if some are named, about those alone. */
  static boolean isNamed(String goal, Filter filter) {
    List<Filter.Compare> names =
        flat(filter)
            .flatMap(part -> part instanceof Filter.Compare one ? Stream.of(one) : Stream.empty())
            .filter(comparison -> comparison.attribute() == Dimension.EVENT_GOAL)
            .toList();
    return names.isEmpty()
        || names.stream().anyMatch(c -> c.clauses().stream().anyMatch(t -> fits(c, t, goal)));
  }

  private List<String> values(TestVisit visit, TestVisit.Step step, Attribute attribute) {
    if (attribute instanceof Property property) {
      return List.of(step.said().properties().getOrDefault(property.key(), "(none)"));
    }
    if (attribute == Dimension.EVENT_GOAL) {
      return goals.stream().filter(goal -> reaches(step, goal)).map(Goal::name).toList();
    }
    String value = value(visit, step, (Dimension) attribute);
    return value == null ? List.of() : List.of(value);
  }

  private static boolean reaches(TestVisit.Step step, Goal goal) {
    boolean done;
    if (goal.condition() instanceof Condition.EventSent sent) {
      done = sent.event().equals(step.event());
    } else if (goal.condition() instanceof Condition.PageViewed viewed) {
      done = step.isView() && isLike(step.path(), viewed.page().text());
    } else {
      Condition.PageScrolled scrolled = (Condition.PageScrolled) goal.condition();
      Integer scroll = step.reading().scroll();
      done =
          step.isView()
              && isLike(step.path(), scrolled.page().text())
              && scroll != null
              && scroll >= scrolled.percent();
    }
    return done
        && goal.properties().entrySet().stream()
            .allMatch(p -> p.getValue().equals(step.said().properties().get(p.getKey())));
  }

  private @Nullable String value(TestVisit visit, TestVisit.Step step, Dimension dimension) {
    LocalDateTime began = LocalDateTime.ofInstant(visit.began(), zone);
    LocalDate day = began.toLocalDate();
    TestVisit.Step entry = entry(visit);
    TestVisit.Step exit = exit(visit);
    return switch (dimension) {
      case EVENT_PAGE -> step.path();
      case EVENT_HOSTNAME -> step.host();
      case EVENT_NAME -> step.event() == null ? "pageview" : step.event();
      case VISIT_ENTRY_PAGE -> entry == null ? null : entry.path();
      case VISIT_EXIT_PAGE -> exit == null ? null : exit.path();
      case VISIT_ENTRY_PAGE_HOSTNAME -> entry == null ? null : entry.host();
      case VISIT_EXIT_PAGE_HOSTNAME -> exit == null ? null : exit.host();
      case VISIT_SOURCE, VISIT_REFERRER -> visit.marks().getOrDefault(dimension, "Direct / None");
      case VISIT_CHANNEL -> visit.marks().getOrDefault(dimension, "Direct");
      case VISIT_COUNTRY, VISIT_REGION, VISIT_CITY -> visit.marks().getOrDefault(dimension, "");
      case VISIT_COUNTRY_NAME -> name(visit.marks().getOrDefault(Dimension.VISIT_COUNTRY, ""));
      case VISIT_REGION_NAME -> {
        String code = visit.marks().getOrDefault(Dimension.VISIT_REGION, "");
        yield Regions.names().getString(code, code);
      }
      case VISIT_CITY_NAME -> visit.marks().getOrDefault(Dimension.VISIT_CITY, "");
      case EVENT_GOAL, TIME -> throw new IllegalArgumentException(dimension.word());
      case TIME_HOUR -> HOUR.format(began.truncatedTo(ChronoUnit.HOURS));
      case TIME_DAY -> day.toString();
      case TIME_WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).toString();
      case TIME_MONTH -> day.with(TemporalAdjusters.firstDayOfMonth()).toString();
      default -> visit.marks().getOrDefault(dimension, "(not set)");
    };
  }

  private static String name(String country) {
    return switch (country) {
      case "DK" -> "Denmark";
      case "SE" -> "Sweden";
      default -> country;
    };
  }

  static TestVisit.@Nullable Step entry(TestVisit visit) {
    return visit.steps().stream().filter(TestVisit.Step::isView).findFirst().orElse(null);
  }

  static TestVisit.@Nullable Step exit(TestVisit visit) {
    return visit.steps().stream()
        .filter(TestVisit.Step::isView)
        .reduce((first, second) -> second)
        .orElse(null);
  }
}
