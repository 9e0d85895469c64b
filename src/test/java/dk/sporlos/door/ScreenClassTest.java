package dk.sporlos.door;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScreenClassTest {

  @ParameterizedTest
  @CsvSource({
    "1, Small",
    "390, Small",
    "575, Small",
    "576, Medium",
    "991, Medium",
    "992, Large",
    "1439, Large",
    "1440, Extra Large",
    "5120, Extra Large",
    "0, ''",
    "-1, ''",
  })
  void isOneOfFour(int width, String label) {
    assertThat(ScreenClass.label(width)).isEqualTo(label);
  }

  @Test
  void isUnknownWithoutAWidth() {
    assertThat(ScreenClass.label(null)).isEmpty();
  }
}
