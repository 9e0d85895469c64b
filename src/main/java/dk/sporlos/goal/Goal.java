package dk.sporlos.goal;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the owner of a site wants visitors to do.
 *
 * @param id its number
 */
public record Goal(long id, Definition definition) {

  private static final int LONGEST_NAME = 320;
  private static final int MOST_PROPERTIES = 3;

  /**
   * What a goal is.
   *
   * @param name as reports show it
   * @param properties values that properties of the step must have, by name
   * @param worth null for a goal without revenue
   */
  public record Definition(
      String name, Condition condition, Map<String, String> properties, @Nullable Worth worth) {

    /**
     * @param name null to name it after its condition
     */
    public Definition(
        @Nullable String name,
        Condition condition,
        Map<String, String> properties,
        @Nullable Worth worth) {
      this.name = Line.checked("name", name == null ? condition.usualName() : name, LONGEST_NAME);
      this.condition = condition;
      this.properties = checked(properties);
      this.worth = worth;
    }

    /** Whether both count the same steps, whatever their names. */
    boolean countsAs(Definition other) {
      return condition.equals(other.condition) && properties.equals(other.properties);
    }

    private static Map<String, String> checked(Map<String, String> properties) {
      if (properties.size() > MOST_PROPERTIES) {
        throw new UnfitDefinitionException(
            "properties: a goal has at most %d".formatted(MOST_PROPERTIES));
      }
      Map<String, String> checked = new TreeMap<>();
      properties.forEach(
          (key, value) ->
              checked.put(Properties.checked(key), Line.checked("value", value, 2_000)));
      return Collections.unmodifiableMap(checked);
    }
  }

  public String name() {
    return definition.name();
  }

  public Condition condition() {
    return definition.condition();
  }

  public Map<String, String> properties() {
    return definition.properties();
  }

  public @Nullable Worth worth() {
    return definition.worth();
  }
}
