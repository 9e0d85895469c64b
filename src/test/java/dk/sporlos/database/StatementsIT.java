package dk.sporlos.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the product said to PostgreSQL while unit tests ran, held against what a cluster asks for: a
 * statement that reads or writes a table which is spread by site says which site, or joins by it.
 */
final class StatementsIT {

  /** Fewer mean that only a part of the tests has run. */
  private static final int LEAST = 200;

  /** In a place where SQL has a table. */
  private static final String BEFORE_TABLE =
      "\\b(?:from|join|into|update|using)\\s+(?:only\\s+)?(?:public\\.)?";

  private static final Pattern SPREAD = oneOf(Distribution.DISTRIBUTED);

  private static final String TOGETHER =
      """
      select relname from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
        and relname not in (%s)
      """
          .formatted(Distribution.tables().collect(Collectors.joining("', '", "'", "'")));

  private static final Pattern COLUMN = Pattern.compile("\\b" + Distribution.COLUMN + "\\b");

  /** How statements begin that are about all sites, so that a cluster asks each of its servers. */
  private static final List<String> OF_ALL_SITES =
      List.of(
          "select min(at) from hit where slot = ",
          "select exists (select from hit_",
          "select exists (select from withheld_visit)",
          "delete from withheld_visit where day < $1",
          // The columns alone.
          "create temporary table kept_totals on commit drop as select * from ");

  /**
   * Who reads tables of both kinds in one statement: goals and properties while a day of one site
   * is sealed, and imports of one site. A cluster fetches these few rows first.
   */
  private static final Set<String> IN_TWO_STEPS =
      Set.of("dk.sporlos.seal.Seal", "dk.sporlos.stats.Days$Known");

  private static Map<String, String> said = Map.of();

  @BeforeAll
  static void read() throws IOException {
    said = Statements.recorded();
    said.values().removeIf(speaker -> speaker.equals(Migrator.class.getName()));
    assertThat(said.size())
        .as(
            "statements in %s, which unit tests write: run them all before, mvn verify",
            Statements.DIRECTORY)
        .isGreaterThan(LEAST);
  }

  @Test
  void nameTheSiteWhereATableIsSpread() {
    Map<String, String> without = new TreeMap<>();
    said.forEach(
        (statement, speaker) -> {
          if (SPREAD.matcher(statement).find()
              && !COLUMN.matcher(statement).find()
              && !isOfAllSites(statement)) {
            without.put(statement, speaker);
          }
        });

    assertThat(without).isEmpty();
  }

  @Test
  void readNothingThatStaysOnTheCoordinatorTogetherWithWhatIsSpread() {
    Pattern together = oneOf(Sql.texts(TestDatabase.create(), TOGETHER));
    Map<String, String> both = new TreeMap<>();
    said.forEach(
        (statement, speaker) -> {
          if (SPREAD.matcher(statement).find()
              && together.matcher(statement).find()
              && !IN_TWO_STEPS.contains(speaker)) {
            both.put(statement, speaker);
          }
        });

    assertThat(both).isEmpty();
  }

  private static boolean isOfAllSites(String statement) {
    String words = statement.strip().replaceAll("\\s+", " ");
    return OF_ALL_SITES.stream().anyMatch(words::startsWith);
  }

  private static Pattern oneOf(List<String> tables) {
    return Pattern.compile(
        BEFORE_TABLE
            + tables.stream().collect(Collectors.joining("|", "(?:", ")"))
            + "(?:_\\d\\w*)?\\b(?!\\()",
        Pattern.CASE_INSENSITIVE);
  }
}
