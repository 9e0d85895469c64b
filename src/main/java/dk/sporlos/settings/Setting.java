package dk.sporlos.settings;

import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A setting: one name as a flag, an environment variable and a key of the configuration file.
 *
 * @param name lower case with dashes, as in {@code trusted-proxies}
 * @param fallback what holds when nothing is said, as a person would write it; null if nothing does
 * @param parse reads the text, or throws {@link IllegalArgumentException} with a message that says
 *     what is wrong and what would be right
 * @param description one line for the help
 * @param placeholder what stands for the value in the help
 */
public record Setting<T>(
    String name,
    @Nullable String fallback,
    Function<String, T> parse,
    String description,
    String placeholder) {

  public Setting {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(parse, "parse");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(placeholder, "placeholder");
  }

  /** The name as a flag: {@code --trusted-proxies}. */
  public String flag() {
    return "--" + name;
  }

  /** The name as an environment variable: {@code SPORLOS_TRUSTED_PROXIES}. */
  public String variable() {
    return "SPORLOS_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
