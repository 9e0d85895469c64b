package dk.sporlos.stats;

import dk.sporlos.goal.Goal;
import dk.sporlos.goal.Worth;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What steps are worth that reach goals, and in which money. Amounts of different currencies are
 * never added up.
 *
 * @param goals those that count as worth something, each in its currency
 * @param byGoal whether each row of the answer is about one goal
 * @param warning why there is no figure: a code of the query language; null if there are figures
 */
record Revenue(List<Goal> goals, boolean byGoal, @Nullable String warning) {

  private static final Revenue NONE = new Revenue(List.of(), false, null);
  private static final List<String> UNITS = List.of("", "K", "M", "B", "T");

  Revenue {
    goals = List.copyOf(goals);
  }

  /** Of a query whose rows are all about the goals that its filter names. */
  static Revenue ofFilter(Query query, Collection<Goal> named) {
    if (query.metrics().stream().noneMatch(Metric::ofRevenue)) {
      return NONE;
    }
    List<Goal> goals = worthSomething(named);
    Set<String> currencies = new LinkedHashSet<>();
    goals.forEach(goal -> currencies.add(currency(goal)));
    return switch (currencies.size()) {
      case 0 -> new Revenue(List.of(), false, "no_revenue_goals_matching");
      case 1 -> new Revenue(goals, false, null);
      default -> new Revenue(List.of(), false, "no_single_revenue_currency");
    };
  }

  /** Of a query whose rows are about one goal each. */
  static Revenue ofRows(Query query, List<Goal> reached) {
    if (query.metrics().stream().noneMatch(Metric::ofRevenue)) {
      return NONE;
    }
    List<Goal> goals = worthSomething(reached);
    return new Revenue(goals, true, goals.isEmpty() ? "no_revenue_goals_matching" : null);
  }

  private static List<Goal> worthSomething(Collection<Goal> goals) {
    return goals.stream().filter(goal -> goal.worth() != null).toList();
  }

  private static Worth worth(Goal goal) {
    return Objects.requireNonNull(goal.worth(), "worth something");
  }

  private static String currency(Goal goal) {
    return worth(goal).currency();
  }

  /** Whether there are amounts to add up. */
  boolean isKnown() {
    return !goals.isEmpty();
  }

  /** SQL of what a goal's step is worth; null where it is not worth anything in its currency. */
  static String sql(Goal goal, Scope scope, Parameters parameters) {
    Worth worth = worth(goal);
    if (worth.each() != null) {
      return parameters.add(worth.each()) + "::numeric";
    }
    String said = scope.lone() ? scope.step() : "said";
    return "case when %1$s.currency = %2$s::text then %1$s.revenue end"
        .formatted(said, parameters.add(worth.currency()));
  }

  /** The rows with money in place of amounts, and with null where there is none. */
  List<Answer.Row> rows(List<Answer.Row> rows, Query query) {
    if (query.metrics().stream().noneMatch(Metric::ofRevenue)) {
      return rows;
    }
    Map<String, String> currencies = new HashMap<>();
    goals.forEach(goal -> currencies.put(byGoal ? goal.name() : "", currency(goal)));
    int goal = query.dimensions().indexOf(Dimension.EVENT_GOAL);
    return rows.stream()
        .map(row -> row.inCurrency(query, currencies.get(byGoal ? row.dimensions().get(goal) : "")))
        .toList();
  }

  /** What is said where there are no figures. */
  @Nullable JsonObject said() {
    if (warning == null) {
      return null;
    }
    return new JsonObject()
        .put("code", warning)
        .put(
            "warning",
            warning.equals("no_single_revenue_currency")
                ? "The goals are counted in different currencies, which are not added up."
                : "None of the goals is counted in money.");
  }

  /** An amount as the query language writes it. */
  static JsonObject json(Number amount, String currency) {
    BigDecimal value = new BigDecimal(amount.toString()).stripTrailingZeros();
    NumberFormat format = NumberFormat.getCurrencyInstance(Locale.US);
    Currency money = Currency.getInstance(currency);
    format.setCurrency(money);
    int decimals = Math.max(0, money.getDefaultFractionDigits());
    format.setMinimumFractionDigits(decimals);
    format.setMaximumFractionDigits(decimals);
    format.setRoundingMode(RoundingMode.HALF_UP);
    return new JsonObject()
        .put("short", money.getSymbol(Locale.US) + shortened(value))
        .put("value", value.scale() <= 0 ? value.longValue() : (Object) value.doubleValue())
        .put("long", format.format(value))
        .put("currency", currency);
  }

  private static String shortened(BigDecimal value) {
    int unit = 0;
    BigDecimal rest = value;
    while (rest.setScale(1, RoundingMode.HALF_UP).compareTo(BigDecimal.valueOf(1000)) >= 0
        && unit < UNITS.size() - 1) {
      rest = rest.movePointLeft(3);
      unit++;
    }
    return rest.setScale(1, RoundingMode.HALF_UP).toPlainString() + UNITS.get(unit);
  }
}
