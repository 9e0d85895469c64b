package dk.sporlos.cli;

import dk.sporlos.cli.Task.Invocation;
import dk.sporlos.metrics.Diagnosis;
import dk.sporlos.metrics.Diagnosis.Check;
import dk.sporlos.metrics.Diagnosis.Outcome;
import dk.sporlos.metrics.Diagnosis.Status;
import dk.sporlos.metrics.Doctor.Finding;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a doctor says, for people and for machines. */
final class FindingLines {
  private FindingLines() {}

  /** Prints it, and returns the exit code: whether something is wrong. */
  static int print(Invocation invocation, Diagnosis diagnosis, boolean json) {
    invocation
        .out()
        .println(json ? diagnosis.toJson().encodePrettily() : text(diagnosis).stripTrailing());
    return diagnosis.isWrong() ? Cli.FAILED : Cli.OK;
  }

  private static String text(Diagnosis diagnosis) {
    StringBuilder text = new StringBuilder();
    for (Finding finding : diagnosis.findings()) {
      text.append(
          "%s %s: %s%n".formatted(finding.severity().label(), finding.code(), finding.detail()));
      if (!finding.remedy().isEmpty()) {
        text.append("  %s%n".formatted(finding.remedy()));
      }
    }
    if (diagnosis.status() == Status.OK) {
      text.append("Nothing is wrong.%n".formatted());
    }
    if (!diagnosis.checks().isEmpty()) {
      text.append("Examined: %s.%n".formatted(examined(diagnosis.checks())));
    }
    return text.toString();
  }

  private static String examined(List<Check> checks) {
    return checks.stream()
        .map(
            check ->
                check.outcome() == Outcome.OK
                    ? check.name()
                    : "%s (%s)"
                        .formatted(check.name(), check.outcome().name().toLowerCase(Locale.ROOT)))
        .collect(Collectors.joining(", "));
  }
}
