package dk.sporlos.settings;

import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The values that a process runs with, all of them valid. */
public final class Settings {
  private final Map<Setting<?>, Object> values;
  private final Set<Setting<?>> said;

  /**
   * @param said those whose value is not their fallback
   */
  Settings(Map<Setting<?>, Object> values, Set<Setting<?>> said) {
    this.values = Map.copyOf(values);
    this.said = Set.copyOf(said);
  }

  /** Whether a flag, a variable or the file gave the setting its value. */
  public boolean isSaid(Setting<?> setting) {
    return said.contains(setting);
  }

  /**
   * The value of a setting that has a fallback.
   *
   * @throws NoSuchElementException if nothing was said and there is no fallback
   */
  public <T> T get(Setting<T> setting) {
    T value = find(setting);
    if (value == null) {
      throw new NoSuchElementException("no value for " + setting.flag());
    }
    return value;
  }

  /** The value of a setting; null if nothing was said and there is no fallback. */
  // The reader stored what the setting's own parser returned.
  @SuppressWarnings("unchecked")
  public <T> @Nullable T find(Setting<T> setting) {
    return (T) values.get(Objects.requireNonNull(setting, "setting"));
  }
}
