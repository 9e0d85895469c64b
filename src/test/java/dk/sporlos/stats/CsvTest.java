package dk.sporlos.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

  @Test
  void quotesWhatWouldEndACell() {
    assertThat(Csv.lines(List.of(List.of("a,b", "c\"d", "e\r\nf", "g h", "æ"))))
        .isEqualTo("\"a,b\",\"c\"\"d\",\"e\r\nf\",g h,æ\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"})
  void keepsAStrangersTextFromBeingAFormula(String text) {
    assertThat(Csv.lines(List.of(List.of("/", text)))).contains("'" + text);
  }

  @Test
  void leavesATextAloneThatBeginsNoFormula() {
    assertThat(Csv.lines(List.of(List.of("/a=b", "1-2")))).isEqualTo("/a=b,1-2\r\n");
  }

  @Test
  void writesNumbersAsProgramsReadThem() {
    assertThat(
            Csv.lines(
                List.of(List.of(-5, 2.5, 96_336_315.0, 12_345_678_901L, new BigDecimal("-0.10")))))
        .isEqualTo("-5,2.5,96336315,12345678901,-0.10\r\n");
  }

  @Test
  void leavesTheCellOfNoFigureEmpty() {
    assertThat(Csv.lines(List.of(Arrays.asList("/", null, 1), Arrays.asList("/x", null, null))))
        .isEqualTo("/,,1\r\n/x,,\r\n");
  }
}
