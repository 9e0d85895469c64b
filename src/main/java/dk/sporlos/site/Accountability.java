package dk.sporlos.site;

import dk.sporlos.settings.Setting;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who answers for the figures of a site, and what only they can say about where those are kept. It
 * is printed in the site's policy. Each part is empty where nothing is said: no name is made up.
 *
 * @param controller name and address of who decides what is counted (GDPR art. 4(7))
 * @param contact mail address or web page of the controller
 * @param officer how the data protection officer is reached
 * @param hosting where the machines are, as in EU (Denmark)
 * @param recipients processors, separated by semicolons, or {@code none}
 * @param purpose what the figures are for
 * @param backups days for which copies of the database are kept, archived WAL among them
 * @param collector the address at which browsers reach the collector, without a slash at its end
 */
public record Accountability(
    String controller,
    String contact,
    String officer,
    String hosting,
    String recipients,
    String purpose,
    String backups,
    String collector) {
  private static final int LONGEST = 1_000;
  private static final String NOBODY = "none";

  public static final Setting<String> CONTROLLER =
      text("controller", "name and address of who decides what is counted", "TEXT");

  public static final Setting<String> CONTACT =
      new Setting<>(
          "controller-contact",
          null,
          Accountability::contact,
          "mail address or web page of the controller",
          "MAIL|URL");

  public static final Setting<String> OFFICER =
      text("dpo", "how the data protection officer is reached, if there is one", "TEXT");

  public static final Setting<String> HOSTING =
      text("hosting-region", "where the machines are, as in EU (Denmark)", "TEXT");

  public static final Setting<String> RECIPIENTS =
      text(
          "recipients",
          "processors, as in Example Hosting ApS, Denmark; Example Mail AB, Sweden – or none",
          "NAMES");

  public static final Setting<String> PURPOSE =
      text("purpose", "what the figures are for, if for more than to improve the site", "TEXT");

  public static final Setting<String> BACKUPS =
      new Setting<>(
          "backups-kept",
          null,
          Accountability::days,
          "days for which copies of the database are kept, archived WAL among them; 0 for none",
          "DAYS");

  public static final Setting<String> COLLECTOR =
      new Setting<>(
          "collector-url",
          null,
          Accountability::address,
          "where browsers reach the collector, as in https://stats.example.com",
          "URL");

  /** Every one of these settings; for a site the installation's holds unless it says its own. */
  public static final List<Setting<String>> ALL =
      List.of(CONTROLLER, CONTACT, OFFICER, HOSTING, RECIPIENTS, PURPOSE, BACKUPS, COLLECTOR);

  /** Of which nothing is said. */
  public static final Accountability UNSAID = of(setting -> "");

  public Accountability {
    Objects.requireNonNull(controller, "controller");
    Objects.requireNonNull(contact, "contact");
    Objects.requireNonNull(officer, "officer");
    Objects.requireNonNull(hosting, "hosting");
    Objects.requireNonNull(recipients, "recipients");
    Objects.requireNonNull(purpose, "purpose");
    Objects.requireNonNull(backups, "backups");
    Objects.requireNonNull(collector, "collector");
  }

  /**
   * Gathers what is said.
   *
   * @param said the value of a setting; null or empty if nothing is said
   */
  public static Accountability of(Function<Setting<String>, @Nullable String> said) {
    Function<Setting<String>, String> value =
        setting -> Objects.requireNonNullElse(said.apply(setting), "");
    return new Accountability(
        value.apply(CONTROLLER),
        value.apply(CONTACT),
        value.apply(OFFICER),
        value.apply(HOSTING),
        value.apply(RECIPIENTS),
        value.apply(PURPOSE),
        value.apply(BACKUPS),
        value.apply(COLLECTOR));
  }

  /** What is said here, and where nothing is, what is said there. */
  public Accountability orElse(Accountability other) {
    Map<String, String> own = byName();
    Map<String, String> others = other.byName();
    return of(
        setting -> {
          String said = own.get(setting.name());
          return said == null || said.isEmpty() ? others.get(setting.name()) : said;
        });
  }

  /** What is said, by name of the setting, in the order of {@link #ALL}. */
  public Map<String, String> byName() {
    List<String> values =
        List.of(controller, contact, officer, hosting, recipients, purpose, backups, collector);
    Map<String, String> byName = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      byName.put(ALL.get(i).name(), values.get(i));
    }
    return byName;
  }

  /** Names of the settings without which a policy has a gap, and of which nothing is said. */
  public List<String> missing() {
    return byName().entrySet().stream()
        .filter(entry -> entry.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .filter(name -> !name.equals(OFFICER.name()) && !name.equals(PURPOSE.name()))
        .toList();
  }

  /** Whether it is said that there is no processor. */
  public boolean hasNoRecipients() {
    return recipients.equals(NOBODY);
  }

  /** The processors; empty as well if nothing is said. */
  public List<String> recipientNames() {
    return hasNoRecipients()
        ? List.of()
        : Arrays.stream(recipients.split(";"))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .toList();
  }

  private static Setting<String> text(String name, String description, String placeholder) {
    return new Setting<>(name, null, Accountability::line, description, placeholder);
  }

  private static String line(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    if (line.length() > LONGEST || line.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "this is no text to print; write one line of " + LONGEST + " characters at most");
    }
    return line;
  }

  private static String contact(String text) {
    String line = line(text);
    if (!line.isEmpty() && !line.matches("[^@\\s]+@[^@\\s]+\\.[^@\\s]+|https://\\S+")) {
      throw new IllegalArgumentException(
          "'" + text + "' is neither; write privacy@example.com or https://example.com/contact");
    }
    return line;
  }

  private static String days(String text) {
    String line = text.strip();
    if (!line.matches("[0-9]{0,5}")) {
      throw new IllegalArgumentException(
          "'" + text + "' is no number of days; write 0 or more, as in 30");
    }
    return line.isEmpty() ? "" : String.valueOf(Integer.parseInt(line));
  }

  private static String address(String text) {
    String line = text.strip().replaceFirst("/+$", "");
    if (!line.isEmpty() && !line.matches("https?://[A-Za-z0-9.\\[\\]:-]+(/[A-Za-z0-9._~/-]*)?")) {
      throw new IllegalArgumentException(
          "'" + text + "' is no such address; write one as in https://stats.example.com");
    }
    return line;
  }
}
