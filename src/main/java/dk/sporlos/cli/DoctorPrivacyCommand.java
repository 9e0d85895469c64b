package dk.sporlos.cli;

import dk.sporlos.LeftMemory;
import dk.sporlos.door.Recognition;
import dk.sporlos.metrics.Diagnosis;
import dk.sporlos.metrics.Doctor.Finding;
import dk.sporlos.metrics.Doctor.Severity;
import dk.sporlos.privacy.PrivacyExamination;
import dk.sporlos.settings.Endpoint;
import dk.sporlos.settings.Setting;
import dk.sporlos.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sporlos doctor privacy}. */
@Command(
    name = "privacy",
    description =
        "Examine the installation for what its promises of privacy do not go with; give it the"
            + " settings of the server. Exit code 1 if something is wrong.")
final class DoctorPrivacyCommand implements Task {
  private static final Pattern KEY_AGE =
      Pattern.compile("(?m)^sporlos_daykeys_oldest_seconds(?:\\{[^}]*})? ([0-9.E+-]+)$");

  private static final Path SWAPS = Path.of("/proc/swaps");

  @Option(names = "--json", description = "print the findings as JSON")
  private boolean json;

  @Override
  public List<Setting<?>> settings() {
    return Stream.concat(
            Options.OF_TEXTS.stream(), Stream.of(Options.MANAGEMENT, Options.TRUSTED_PROXIES))
        .toList();
  }

  @Override
  public int run(Invocation invocation) {
    Settings settings = invocation.settings();
    List<Finding> findings = new ArrayList<>();
    try (DataAccess access = DataAccess.open(settings)) {
      findings.addAll(
          access.await(
              new PrivacyExamination(access.pool(), Options.accountability(settings)).findings()));
    }
    if (settings.get(Options.TRUSTED_PROXIES).trustsNearlyAnybody()) {
      findings.add(
          new Finding(
              Severity.WRONG,
              "trusted-proxies",
              "--trusted-proxies names a network so large that anybody may say where they come from.",
              "Name the networks of your own proxies alone, as in 10.0.0.0/24."));
    }
    findings.add(keyAge(settings.get(Options.MANAGEMENT)));
    Finding left = leftMemory();
    if (left != null) {
      findings.add(left);
    }
    Finding swap = swap(SWAPS);
    if (swap != null) {
      findings.add(swap);
    }
    return FindingLines.print(invocation, new Diagnosis(List.of(), findings), json);
  }

  private static Finding keyAge(Endpoint management) {
    String metrics = DoctorCommand.read(management, "/metrics");
    Matcher age = KEY_AGE.matcher(metrics == null ? "" : metrics);
    if (!age.find()) {
      return new Finding(
          Severity.NOTE,
          "key-age",
          "How old the day keys are is unknown: no Sporløs answers at " + management + ".",
          "Name its --management HOST:PORT here.");
    }
    Duration oldest = Duration.ofSeconds((long) Double.parseDouble(age.group(1)));
    boolean tooOld = oldest.compareTo(Recognition.LONGEST_KEY) > 0;
    return new Finding(
        tooOld ? Severity.WRONG : Severity.NOTE,
        "key-age",
        "The oldest day key is of a day that began %d hours ago.".formatted(oldest.toHours()),
        tooOld ? "See that the machine's clock is right, and report this." : "");
  }

  private static @Nullable Finding leftMemory() {
    try {
      int removed = LeftMemory.remove(Clock.systemUTC());
      return removed == 0
          ? null
          : new Finding(
              Severity.NOTE,
              "memory-left",
              "Day keys of %d processes that were stopped waited on a tmpfs; they are removed now."
                  .formatted(removed),
              "Let systemd keep the directory over restarts alone; docs/operations.md says how.");
    } catch (IOException failure) {
      return new Finding(
          Severity.WRONG,
          "memory-left",
          "Whether day keys are left on a tmpfs is unknown: it cannot be read or written.",
          "Look for sporlos-* in $XDG_RUNTIME_DIR and /dev/shm as the user of the server.");
    }
  }

  /**
   * What is to be said of swap.
   *
   * @param swaps as Linux lists them; null is said where there is no such file
   */
  static @Nullable Finding swap(Path swaps) {
    try (Stream<String> lines = Files.lines(swaps)) {
      // Compressed memory is memory.
      boolean onDisk = lines.skip(1).anyMatch(line -> !line.startsWith("/dev/zram"));
      return onDisk
          ? new Finding(
              Severity.NOTE,
              "swap",
              "This machine swaps, so what is in memory alone, such as day keys, may reach a disk.",
              "Encrypt the swap with a key of each start, or switch it off for the process"
                  + " (MemorySwapMax=0 in systemd).")
          : null;
    } catch (IOException elsewhere) {
      return null;
    }
  }
}
