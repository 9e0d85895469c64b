package dk.sporlos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.intake.Refusals.Count;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalsCommandTest {

  @Test
  void printsEachReasonWithItsSumAndBelowItWhatItIsMadeOf() {
    assertThat(
            printed(
                new Count("duplicate", "", 1_500),
                new Count("bot", "AhrefsBot", 1_000),
                new Count("bot", "webdriver", 700),
                new Count("of-tomorrow", "", 1)))
        .isEqualTo(
            """
                   1,700  bot               a program sent it
                   1,000    AhrefsBot
                     700    webdriver
                   1,500  duplicate         it was sent again, and counted the first time
                       1  of-tomorrow
            """
                .indent(0));
  }

  @Test
  void saysSoIfEveryBeaconWasCounted() {
    assertThat(printed()).isEqualTo("Every beacon of this time was counted.\n");
  }

  private static String printed(Count... counts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    RefusalsCommand.print(
        List.of(counts), new PrintStream(bytes, /* autoFlush= */ true, StandardCharsets.UTF_8));
    return bytes
        .toString(StandardCharsets.UTF_8)
        .replace(System.lineSeparator(), "\n")
        .replaceAll("(?m) +$", "");
  }
}
