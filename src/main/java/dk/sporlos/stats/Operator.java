package dk.sporlos.stats;

import com.google.re2j.Pattern;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** How a filter compares a value with its clauses: one of them has to fit. */
public enum Operator {
  IS("is", "{value} = any ({clauses})", "lower({value}) in (select lower(c) from {each})"),
  CONTAINS(
      "contains",
      "exists (select from {each} where strpos({value}, c) > 0)",
      "exists (select from {each} where strpos(lower({value}), lower(c)) > 0)"),
  /** A regular expression of RE2 fits some part. Never given to the database. */
  MATCHES("matches", "", ""),
  /** {@code *} stands for any text without a slash, {@code **} for any text. */
  MATCHES_WILDCARD("matches_wildcard", "{value} ~ any ({clauses})", "{value} ~* any ({clauses})");

  private static final String NOT = "_not";

  private final String word;
  private final String sql;
  private final String caselessSql;

  Operator(String word, String sql, String caselessSql) {
    this.word = word;
    this.sql = sql;
    this.caselessSql = caselessSql;
  }

  /** The operator of a word, or of the word that says the opposite. */
  static @Nullable Operator named(String word) {
    return Arrays.stream(values())
        .filter(operator -> word.equals(operator.word) || word.equals(operator.word + NOT))
        .findAny()
        .orElse(null);
  }

  /** The words of all operators and their opposites. */
  static List<String> words() {
    return Arrays.stream(values())
        .flatMap(operator -> List.of(operator.word(false), operator.word(true)).stream())
        .toList();
  }

  /** Its word in the query language, or the word that says the opposite. */
  String word(boolean negated) {
    return negated ? word + NOT : word;
  }

  /** Whether goals can be filtered by it. */
  boolean isOfGoals() {
    return this == IS || this == CONTAINS;
  }

  /** Whether the database can compare. */
  boolean hasSql() {
    return this != MATCHES;
  }

  /**
   * SQL that says whether a value fits.
   *
   * @param value SQL of the value
   * @param clauses SQL of an array of texts, see {@link #operand}
   */
  String sql(String value, String clauses, boolean caseSensitive) {
    return (caseSensitive ? sql : caselessSql)
        .replace("{each}", "unnest(" + clauses + ") as c")
        .replace("{clauses}", clauses)
        .replace("{value}", value);
  }

  /** A clause as {@link #sql} takes it. */
  String operand(String clause) {
    return this == MATCHES_WILDCARD ? wildcard(clause) : clause;
  }

  /** Whether a value fits a clause. */
  Predicate<String> test(String clause, boolean caseSensitive) {
    return switch (this) {
      case IS -> value -> caseSensitive ? value.equals(clause) : value.equalsIgnoreCase(clause);
      case CONTAINS -> pattern(Pattern.quote(clause), caseSensitive);
      case MATCHES -> pattern(clause, caseSensitive);
      case MATCHES_WILDCARD -> pattern(wildcard(clause), caseSensitive);
    };
  }

  private static Predicate<String> pattern(String regex, boolean caseSensitive) {
    Pattern pattern =
        Pattern.compile(
            regex, caseSensitive ? Pattern.DOTALL : Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    return value -> pattern.matcher(value).find();
  }

  /** The same as a regular expression, which PostgreSQL and RE2 read alike. */
  private static String wildcard(String clause) {
    StringBuilder regex = new StringBuilder("^");
    for (int i = 0; i < clause.length(); i++) {
      char next = clause.charAt(i);
      if (clause.startsWith("**", i)) {
        regex.append(".*");
        i++;
      } else if (next == '*') {
        regex.append("[^/]*");
      } else {
        boolean plain =
            next >= 128 || Character.isLetterOrDigit(next) || next == '/' || next == '_';
        regex.append(plain ? "" : "\\").append(next);
      }
    }
    return regex.append('$').toString();
  }
}
