package dk.sporlos.privacy;

import dk.sporlos.page.Resources;
import dk.sporlos.site.Accountability;
import dk.sporlos.site.Site;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a data protection officer asks for, in Markdown, filled from inventory and settings. */
public final class Documents {

  /** Templates of documents. */
  public enum Document {
    /** The record of processing activities (GDPR art. 30). */
    RECORD,

    /** A data protection impact assessment (art. 35). */
    DPIA,

    /** The annexes of an agreement with a processor (art. 28). */
    PROCESSOR_AGREEMENT;

    private String file() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-') + ".md";
    }
  }

  private static final List<String> COLUMNS =
      List.of("class", "precision", "purpose", "basis", "lifetime", "technique");

  private final Inventory inventory = Inventory.shipped();
  private final Facts facts;

  /**
   * @param accountability the installation's, for what the site says nothing of
   */
  public Documents(Site site, Accountability accountability) {
    this.facts = words(Facts.of(site, site.settings().accountability().orElse(accountability)));
  }

  /** A document about the site. */
  public String text(Document document) {
    return Wording.fill(
        new String(Resources.read(Documents.class, document.file()), StandardCharsets.UTF_8),
        facts.with("inventory-table", table()));
  }

  /** What is kept in browsers, as a table. */
  public String cookies() {
    StringBuilder table =
        new StringBuilder(
            "| name | what it is | purpose | lifetime | basis |\n|---|---|---|---|---|\n");
    for (Inventory.Item item : inventory.items()) {
      boolean isCookie = item.kind() == Inventory.Kind.COOKIE;
      boolean isSet = !item.where().contains("<site>") || !facts.get("cookie").equals("off");
      if (item.isPersonal()
          && isSet
          && (isCookie || item.kind() == Inventory.Kind.BROWSER_STORAGE)) {
        String name =
            isCookie && item.where().contains("<") ? facts.get("cookie-name") : item.where();
        table.append(
            "| `%s` | %s | %s | %s | %s |%n"
                .formatted(
                    name,
                    item.name(),
                    word(item, "purpose"),
                    word(item, "lifetime"),
                    word(item, "basis")));
      }
    }
    return table.toString();
  }

  /** Every item that says something of a visitor, as a table. */
  public String table() {
    String rows =
        inventory.items().stream()
            .filter(Inventory.Item::isPersonal)
            .map(this::row)
            .collect(Collectors.joining("\n"));
    return "| item | where | "
        + String.join(" | ", COLUMNS)
        + " |\n|---|---|"
        + "---|".repeat(COLUMNS.size())
        + "\n"
        + rows;
  }

  private String row(Inventory.Item item) {
    return "| "
        + item.name()
        + " | `"
        + item.where()
        + "` | "
        + COLUMNS.stream().map(name -> word(item, name)).collect(Collectors.joining(" | "))
        + " |";
  }

  private String word(Inventory.Item item, String name) {
    return Wording.fill(item.words().getOrDefault(name, ""), facts).replace("|", "\\|");
  }

  private static Facts words(Facts facts) {
    return facts
        .with("purpose-words", purpose(facts))
        .with("basis-words", basis(facts))
        .with(
            "recipients-words",
            facts.get("recipients-said").equals("none") ? "none" : facts.get("recipients"))
        .with("backups-words", backups(facts))
        .with("limits-words", limits(facts));
  }

  private static String purpose(Facts facts) {
    String said = facts.get("purpose");
    return said.isEmpty() ? "Statistics, to improve the website" : said;
  }

  private static String basis(Facts facts) {
    String interest = "Legitimate interest (Article 6(1)(f))";
    return facts.get("cookie").equals("consent")
        ? interest + "; consent (Article 6(1)(a)) for the cookie"
        : interest;
  }

  private static String backups(Facts facts) {
    return switch (facts.get("backups")) {
      case "none" -> "none are kept.";
      case "some" -> "kept for " + facts.get("backups-kept") + " days.";
      default -> Wording.UNSAID;
    };
  }

  private static String limits(Facts facts) {
    String totals = "totals for " + facts.get("totals-kept") + " months.";
    return facts.get("visits").equals("sealed")
        ? "Page views are kept until their day is sealed, " + totals
        : "Visits are kept for " + facts.get("visits-kept") + " days, " + totals;
  }
}
