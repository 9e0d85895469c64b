package dk.sporlos.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/refusals.md}, in which an owner looks up what a reason means. */
class RefusalsPageTest {
  private static final Path PAGE = Path.of("docs", "refusals.md");

  @ParameterizedTest
  @EnumSource
  void thePageHasEveryReasonInTheWordsOfTheCommand(Reason reason) throws IOException {
    assertThat(Files.readAllLines(PAGE))
        .anyMatch(
            line -> line.startsWith("| `%s` | %s |".formatted(reason.label(), reason.words())));
  }

  @ParameterizedTest
  @MethodSource("details")
  void thePageHasEveryDetailThatIsNoNameOfAList(String detail) throws IOException {
    assertThat(Files.readAllLines(PAGE)).anyMatch(line -> line.startsWith("| `" + detail + "` | "));
  }

  static Stream<String> details() {
    return Stream.of(
        ProgramAgents.NO_AGENT,
        ProgramAgents.OTHER,
        ProgramAgents.NO_BROWSER,
        Bots.WEBDRIVER,
        Bots.HEADERS,
        Bots.NO_LANGUAGE,
        Bots.DATA_CENTRE);
  }
}
