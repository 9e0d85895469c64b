package dk.sporlos.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PathPatternTest {

  @ParameterizedTest
  @CsvSource({
    "/a, /a, true",
    "/a, /ab, false",
    "/a, /a/, false",
    "/a/*, /a/b, true",
    "/a/*, /a/, true",
    "/a/*, /a, false",
    "/a/*, /a/b/c, false",
    "/a/**, /a/b/c, true",
    "/a/**, /a/, true",
    "/a/**, /a, true",
    "/a/**, /ab, false",
    "/**, /, true",
    "/**, /a/b, true",
    "/*/edit, /7/edit, true",
    "/*/edit, /7/8/edit, false",
    "/**/edit, /7/8/edit, true",
    "/u/*/x/**, /u/7/x, true",
    "/u/*/x/**, /u/7/x/y, true",
    "/p-*-q, /p-1-q, true",
    "/p-*-q, /p-1-q-2, false",
    "/ø/*, /ø/å, true",
    "/A, /a, false"
  })
  void matchesWithinAndAcrossSegments(String pattern, String path, boolean matches) {
    assertThat(new PathPattern(pattern).matches(path)).isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "*", "**/a", "/a b", "/***"})
  void refusesWhatIsNone(String text) {
    assertThatThrownBy(() -> new PathPattern(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "' is no pattern of paths; begin it with a slash");
  }

  @Test
  void isNotSlowedDownByAPathMadeToThatEnd() {
    PathPattern pattern = new PathPattern("/" + "**a".repeat(90) + "b");
    String path = "/" + "a".repeat(2_000);

    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(5), () -> assertThat(pattern.matches(path)).isFalse());
  }
}
