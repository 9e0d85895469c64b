package dk.sporlos.privacy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Everything that is kept, sent or said, item by item: {@code inventory.yaml}. What is in the
 * program and not here, and what is here and not in the program, fails the tests.
 */
public record Inventory(List<Item> items) {
  private static final String FILE = "inventory.yaml";

  /** What an item says of itself, in this order. */
  private static final List<String> WORDS =
      List.of(
          "source",
          "purpose",
          "basis",
          "class",
          "precision",
          "lifetime",
          "recipients",
          "technique");

  private static final Set<String> CLASSES = Set.of("none", "moment", "visit", "total");

  /** What kind of thing an item is; its parts are the columns of a table, the routes and so on. */
  public enum Kind {
    TABLE,
    COOKIE,
    BROWSER_STORAGE,
    MEMORY,
    FILE,
    LOG,
    ROUTE,
    PROCESS_SETTING,
    SITE_SETTING;

    String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Kind parse(String label) {
      return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }

  /**
   * Something that is kept, sent or said.
   *
   * @param where the table's name, the cookie's, the log's
   * @param parts of it: columns, fields, routes, settings
   * @param words what it says of itself: source, purpose, legal basis and so on
   */
  public record Item(
      String name, Kind kind, String where, List<String> parts, Map<String, String> words) {

    /** Whether it says something of a visitor. */
    boolean isPersonal() {
      return !"none".equals(words.get("class"));
    }
  }

  public Inventory {
    items = List.copyOf(items);
  }

  /** The one that was packed into the jar. */
  public static Inventory shipped() {
    return new Inventory(Yaml.read(FILE).stream().map(Inventory::item).toList());
  }

  private static Item item(Yaml entry) {
    Map<String, String> words = new LinkedHashMap<>();
    boolean personal = !entry.text("class").equals("none");
    for (String name : WORDS) {
      if (personal || entry.keys().contains(name)) {
        words.put(name, entry.text(name));
      }
    }
    if (!CLASSES.contains(entry.text("class"))) {
      throw new IllegalStateException(FILE + ": class is one of " + new TreeSet<>(CLASSES));
    }
    return new Item(
        entry.text("item"),
        Kind.parse(entry.text("kind")),
        entry.text("where"),
        entry.texts("parts"),
        Map.copyOf(words));
  }

  /** The parts of a kind, each as {@code where.part}, or the place alone where it has no parts. */
  public Set<String> declared(Kind kind) {
    Set<String> declared = new TreeSet<>();
    for (Item item : items) {
      if (item.kind() == kind && item.parts().isEmpty()) {
        declared.add(item.where());
      } else if (item.kind() == kind) {
        item.parts().forEach(part -> declared.add(item.where() + "." + part));
      }
    }
    return declared;
  }

  /**
   * What is wrong with the declarations of a kind, each in a line that says what to do.
   *
   * @param found what the program has, spelled as {@link #declared} does
   */
  public List<String> faults(Kind kind, Set<String> found) {
    Set<String> declared = declared(kind);
    List<String> faults = new ArrayList<>();
    found.stream()
        .filter(name -> !declared.contains(name))
        .collect(Collectors.groupingBy(Inventory::place, Collectors.toList()))
        .forEach((place, names) -> faults.add(undeclared(kind, place, names)));
    declared.stream()
        .filter(name -> !found.contains(name))
        .forEach(name -> faults.add("stale: there is no " + name + "; remove it from " + FILE));
    return faults;
  }

  private static String undeclared(Kind kind, String place, List<String> names) {
    String parts =
        names.stream()
            .filter(name -> !name.equals(place))
            .map(name -> name.substring(place.length() + 1))
            .sorted()
            .collect(Collectors.joining(", "));
    return """
        undeclared: add these parts to the item of %2$s in src/main/resources/dk/sporlos/privacy/%4$s, or add an item:
        - item: WHAT IT IS, IN A FEW WORDS
          kind: %1$s
          where: %2$s
          parts: [%3$s]
          class: moment|visit|total (with source, purpose, basis, precision, lifetime, recipients, technique), or none
        """
        .formatted(kind.label(), place, parts, FILE);
  }

  private static String place(String name) {
    int dot = name.indexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }
}
