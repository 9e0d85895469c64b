package dk.sporlos.intake;

import java.util.Locale;

/** The tables that give texts of a site a number, and how many new ones a site gets a day. */
public enum DictionaryTable {
  // A large shop or newspaper has tens of thousands of pages, and they do not all appear in a day.
  PAGE("host, path", 20_000, 1),
  // Named in the website's own code.
  EVENT_NAME("name", 1_000, 0),
  // Families and major versions, combined with screens and languages.
  CLIENT("browser, browser_version, os, os_version, device, screen, language", 5_000, 0),
  // Bounded by the database of places, which has some thousand regions and more cities.
  PLACE("country, region, city", 10_000, 1),
  // Pages of other websites; the channels are a closed list.
  REFERRER("channel, source, host, path", 10_000, 1),
  // Made by hand, or one for each keyword by an advertising service.
  CAMPAIGN("source, medium, name, content, term", 5_000, 0);

  /**
   * How many entries that keep a column and have the rest {@link Dictionary#OTHER} a site gets a
   * day.
   */
  static final int STAND_INS_PER_DAY = 300;

  private final String columns;
  private final int newPerDay;
  private final int kept;

  /**
   * @param newPerDay how many new entries a site gets a day
   * @param kept how many of the first columns stay as they are in an entry that is too much
   */
  DictionaryTable(String columns, int newPerDay, int kept) {
    this.columns = columns;
    this.newPerDay = newPerDay;
    this.kept = kept;
  }

  /** Its columns of text, as SQL lists them. */
  String columns() {
    return columns;
  }

  /** How many columns of text it has. */
  int width() {
    return columns.split(",").length;
  }

  int kept() {
    return kept;
  }

  int newPerDay() {
    return newPerDay;
  }

  /** Its name in the database. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
