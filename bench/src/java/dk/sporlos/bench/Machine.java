package dk.sporlos.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a benchmark runs on, in one line. */
public final class Machine {
  private Machine() {}

  public static String describe() {
    return "%s, %d cores, %d MB; Java %s; load average before %s"
        .formatted(
            first("/proc/cpuinfo", "model name").replaceFirst(".*: ", ""),
            Runtime.getRuntime().availableProcessors(),
            Long.parseLong(first("/proc/meminfo", "MemTotal").replaceAll("\\D", "")) / 1024,
            Runtime.version(),
            first("/proc/loadavg", "").replaceFirst(" .*", ""));
  }

  private static String first(String file, String beginning) {
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines.filter(line -> line.startsWith(beginning)).findFirst().orElse("unknown");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
