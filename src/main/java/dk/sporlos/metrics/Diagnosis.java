package dk.sporlos.metrics;

import dk.sporlos.metrics.Doctor.Finding;
import dk.sporlos.metrics.Doctor.Severity;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the {@link Doctor} says.
 *
 * @param status all of it in one word
 * @param checks everything that was examined, so that nothing found says how much was looked at
 */
public record Diagnosis(Status status, List<Check> checks, List<Finding> findings) {
  public Diagnosis {
    Objects.requireNonNull(status, "status");
    checks = List.copyOf(checks);
    findings = List.copyOf(findings);
  }

  /** All of it in one word. */
  public enum Status {
    OK,
    WRONG,
    /** There was nobody to be examined. */
    UNKNOWN
  }

  /** One of which findings tell whether something is wrong. */
  public Diagnosis(List<Check> checks, List<Finding> findings) {
    this(
        findings.stream().anyMatch(finding -> finding.severity() == Severity.WRONG)
            ? Status.WRONG
            : Status.OK,
        checks,
        findings);
  }

  /** One of a process that could not be asked. */
  public static Diagnosis unknown(Finding why) {
    return new Diagnosis(Status.UNKNOWN, List.of(), List.of(why));
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException or {@link ClassCastException} if it is something else
   */
  public static Diagnosis of(JsonObject json) {
    return new Diagnosis(
        Status.valueOf(word(json, "status")),
        objects(json, "checks")
            .map(check -> new Check(text(check, "check"), Outcome.valueOf(word(check, "outcome"))))
            .toList(),
        objects(json, "findings")
            .map(
                finding ->
                    new Finding(
                        Severity.valueOf(word(finding, "severity")),
                        text(finding, "code"),
                        text(finding, "detail"),
                        text(finding, "remedy")))
            .toList());
  }

  private static String word(JsonObject json, String key) {
    return text(json, key).toUpperCase(Locale.ROOT);
  }

  private static String text(JsonObject json, String key) {
    return Objects.requireNonNullElse(json.getString(key), "");
  }

  private static Stream<JsonObject> objects(JsonObject json, String key) {
    JsonArray array = json.getJsonArray(key, new JsonArray());
    return IntStream.range(0, array.size()).mapToObj(array::getJsonObject);
  }

  /**
   * One thing that was examined.
   *
   * @param name in lower case with dashes
   */
  public record Check(String name, Outcome outcome) {
    public Check {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(outcome, "outcome");
    }

    boolean isWell() {
      return outcome == Outcome.OK;
    }
  }

  /** How an examination went. */
  public enum Outcome {
    OK,
    NOTE,
    WRONG,
    /** It could not be made, or not in time. */
    FAILED,
    /** It was not made, since what it needs is not there. */
    SKIPPED
  }

  /** Whether there is something to be mended. */
  public boolean isWrong() {
    return status == Status.WRONG;
  }

  /** As it is answered and printed. */
  public JsonObject toJson() {
    JsonArray examined = new JsonArray();
    checks.forEach(
        check ->
            examined.add(
                new JsonObject()
                    .put("check", check.name())
                    .put("outcome", lower(check.outcome()))));
    JsonArray found = new JsonArray();
    findings.forEach(finding -> found.add(json(finding)));
    return new JsonObject()
        .put("status", lower(status))
        .put("checks", examined)
        .put("findings", found);
  }

  private static JsonObject json(Finding finding) {
    return new JsonObject()
        .put("severity", finding.severity().label())
        .put("code", finding.code())
        .put("detail", finding.detail())
        .put("remedy", finding.remedy());
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
