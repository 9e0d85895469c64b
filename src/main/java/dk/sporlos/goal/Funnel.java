package dk.sporlos.goal;

import java.util.List;

/**
 * Goals that visitors are to reach one after the other, within one visit.
 *
 * @param id its number
 * @param name as reports show it
 * @param goals numbers of its steps, in order
 */
public record Funnel(long id, String name, List<Long> goals) {

  /** A funnel has so many steps. */
  public static final int FEWEST = 2;

  /** A funnel has so many steps at most. */
  public static final int MOST = 8;

  public Funnel {
    name = Line.checked("name", name, 120);
    goals = checked(goals);
  }

  /**
   * Steps in order.
   *
   * @throws UnfitDefinitionException if they are too few, too many, or one stands there twice
   */
  public static List<Long> checked(List<Long> goals) {
    if (goals.size() < FEWEST || goals.size() > MOST) {
      throw new UnfitDefinitionException(
          "goals: a funnel has %d to %d steps".formatted(FEWEST, MOST));
    }
    if (goals.stream().distinct().count() < goals.size()) {
      throw new UnfitDefinitionException("goals: each goal is a step once");
    }
    return List.copyOf(goals);
  }
}
