package dk.sporlos;

import com.sun.management.HotSpotDiagnosticMXBean;
import dk.sporlos.metrics.Doctor.Finding;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether what this process has in memory alone, such as day keys, would be written to a disk. */
final class Dumps {
  private static final Path LIMITS = Path.of("/proc/self/limits");
  private static final Pattern CORE = Pattern.compile("Max core file size +(\\S+) .*");

  private Dumps() {}

  /** What is wrong with this process; null if nothing is, or the system does not tell. */
  static @Nullable Finding finding() {
    return finding(isOn("HeapDumpOnOutOfMemoryError"), isOn("CreateCoredumpOnCrash"), LIMITS);
  }

  /**
   * @param limits as Linux tells them
   */
  static @Nullable Finding finding(boolean heaps, boolean cores, Path limits) {
    if (heaps) {
      return new Finding(
          "heap-dumps",
          "Should memory run out, all of it is written to a file, day keys and addresses with it.",
          "Start Java without -XX:+HeapDumpOnOutOfMemoryError.");
    }
    return cores && areCoresWritten(limits)
        ? new Finding(
            "core-dumps",
            "Should the process crash, all its memory is written to a file, day keys and addresses"
                + " with it.",
            "Start Java with -XX:-CreateCoredumpOnCrash, or the process with LimitCORE=0 (systemd)"
                + " or `ulimit -c 0`.")
        : null;
  }

  private static boolean areCoresWritten(Path limits) {
    try (Stream<String> lines = Files.lines(limits)) {
      return lines
          .map(CORE::matcher)
          .filter(Matcher::matches)
          .anyMatch(core -> !core.group(1).equals("0"));
    } catch (IOException elsewhere) {
      return false;
    }
  }

  private static boolean isOn(String flag) {
    HotSpotDiagnosticMXBean machine =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    return machine != null && Boolean.parseBoolean(machine.getVMOption(flag).getValue());
  }
}
