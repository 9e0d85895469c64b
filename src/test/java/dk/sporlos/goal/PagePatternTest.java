package dk.sporlos.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.sporlos.database.TestDatabase;
import dk.sporlos.testing.TestPool;
import io.vertx.sqlclient.Tuple;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagePatternTest {
  private static TestPool database;

  @BeforeAll
  static void open() {
    database = TestPool.of(TestDatabase.create());
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/thanks, /thanks",
    "/blog/*, /blog/one",
    "/blog/*, /blog/",
    "/blog/*/edit, /blog/one/edit",
    "/blog/**, /blog/2026/11/one",
    "/blog**, /blog",
    "**/thanks, /da/kurv/thanks",
    "*, ''",
    "/a.b(c)[d]{e}+f?g|h^i$j\\k, /a.b(c)[d]{e}+f?g|h^i$j\\k",
    "/størrelse/*, /størrelse/æble",
    "/tab_le/#/part-1, /tab_le/#/part-1",
  })
  void takesPathsThatLookLikeIt(String pattern, String path) {
    assertThat(matches(pattern, path)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "/thanks, /thanks/",
    "/thanks, /Thanks",
    "/thanks, /da/thanks",
    "/blog/*, /blog/2026/one",
    "/blog/*, /blog",
    "/blog/**, /blog",
    "/a.b, /aXb",
    "/a|/b, /b",
    "/a?, /",
  })
  void takesNoOthers(String pattern, String path) {
    assertThat(matches(pattern, path)).isFalse();
  }

  @Test
  void starsStandForLineBreaksToo() {
    assertThat(matches("/blog/**", "/blog/a\nb/c")).isTrue();
    assertThat(matches("/blog/*", "/blog/a\nb")).isTrue();
  }

  @Test
  void isAsLongAsAPathMayBe() {
    assertThat(new PagePattern("/" + "x".repeat(299)).isExact()).isTrue();
    assertThatThrownBy(() -> new PagePattern("/" + "x".repeat(300)))
        .hasMessage("page: write between 1 and 300 characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "thanks", "/a***", "/a\nb", "/*/*/*/*/*/*/*/*/*/*/*"})
  void whatCannotBeAPatternIsRefused(String text) {
    assertThatThrownBy(() -> new PagePattern(text))
        .isInstanceOf(UnfitDefinitionException.class)
        .hasMessageStartingWith("page: ");
  }

  /** As PostgreSQL and Java say alike. */
  private static boolean matches(String pattern, String path) {
    String regex = new PagePattern(pattern).regex();
    boolean found =
        database
            .pool()
            .preparedQuery("select $1::text ~ $2")
            .execute(Tuple.of(path, regex))
            .await()
            .iterator()
            .next()
            .getBoolean(0);
    assertThat(found).isEqualTo(Pattern.matches(regex, path));
    return found;
  }
}
