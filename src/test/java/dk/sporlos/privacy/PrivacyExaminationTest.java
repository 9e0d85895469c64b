package dk.sporlos.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dk.sporlos.metrics.Doctor.Finding;
import dk.sporlos.metrics.Doctor.Severity;
import dk.sporlos.site.Accountability;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of settings of PostgreSQL, also of those that no test can make it have. */
class PrivacyExaminationTest {

  @ParameterizedTest
  @CsvSource({
    "log_statement, ddl",
    "log_min_error_statement, fatal",
    "log_min_error_statement, log",
    "log_min_duration_statement, -1",
    "log_min_duration_sample, -1",
    "archive_mode, off"
  })
  void aSettingByWhichNothingIsLoggedOrKeptIsNothingToSpeakOf(String name, String value) {
    assertThat(findings(Map.of(name, value), "")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "log_statement, mod",
    "log_parameter_max_length_on_error, -1",
    "log_min_error_statement, warning",
    "log_error_verbosity, verbose",
    "log_min_duration_statement, 0",
    "log_min_duration_sample, 250"
  })
  void aSettingByWhichValuesAreLoggedIsWrongAndSaysHowToMendIt(String name, String value) {
    assertThat(findings(Map.of(name, value), ""))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.WRONG);
              assertThat(finding.detail()).contains(name + " = " + value);
              assertThat(finding.remedy()).startsWith("alter system set " + name + " = '");
            });
  }

  @Test
  void aVersionThatLacksASettingHasNothingWrongWithIt() {
    assertThat(findings(Map.of(), "")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "on, '', WRONG, --backups-kept",
        "always, 0, WRONG, --backups-kept",
        "on, 30, NOTE, after 30 days"
      })
  void anArchiveOfWalIsWrongUnlessItIsSaidHowLongItIsKept(
      String mode, String days, Severity severity, String remedy) {
    List<Finding> findings = findings(Map.of("archive_mode", mode), days);

    assertThat(findings)
        .extracting(Finding::code, Finding::severity)
        .containsExactly(tuple("wal-archive", severity));
    assertThat(findings.get(0).remedy()).contains(remedy);
  }

  private static List<Finding> findings(Map<String, String> settings, String backupDays) {
    Accountability said =
        Accountability.of(setting -> setting.name().equals("backups-kept") ? backupDays : "");
    return PrivacyExamination.ofSettings(settings, said);
  }
}
