package dk.sporlos.stats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepetitionsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(((a{100}){100}){100})",
        "((a{100})(b)){100}",
        "(x|(y{2,50})z){3,40}",
        "([)]{50}){50}",
        "(\\){50}){50}",
        "(a{900}b{2}){2}"
      })
  void countsWithinCountsAreMultiplied(String regex) {
    assertThat(Repetitions.areTooMany(regex)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\\d{4}-\\d{2}-\\d{2}",
        "a{100}b{100}c{100}",
        "(a{100}){10}",
        "(a{100})(b{100})",
        "[(]{50}\\({50}",
        "(a{100})b{100}",
        "/blog/.*"
      })
  void countsBesideEachOtherAreNot(String regex) {
    assertThat(Repetitions.areTooMany(regex)).isFalse();
  }

  @Test
  void aLongExpressionIsRepeatedLessOften() {
    assertThat(Repetitions.areTooMany("(" + "x".repeat(90) + "){100}")).isFalse();
    assertThat(Repetitions.areTooMany("(" + "x".repeat(900) + "){100}")).isTrue();
  }
}
