package dk.sporlos.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Processor time of a PostgreSQL server until now, by what its processes are for.
 *
 * @param seconds by kind; what has ended counts as autovacuum, for nothing else ends meanwhile
 */
record Backends(Map<String, Double> seconds) {
  static final String FOLD = "fold";
  static final String AUTOVACUUM = "autovacuum";
  static final String OTHERS = "others";

  /**
   * @param fold process number of the connection that folds
   */
  static Backends now(long postmaster, long fold) {
    Map<String, Double> seconds = new TreeMap<>();
    double own = Cpu.of(postmaster);
    seconds.put(AUTOVACUUM, Cpu.ofEnded(postmaster));
    seconds.put(OTHERS, own);
    for (long child : Cpu.children(postmaster)) {
      String kind = child == fold ? FOLD : kind(child);
      seconds.merge(kind, Cpu.of(child), Double::sum);
    }
    return new Backends(seconds);
  }

  private static String kind(long process) {
    try {
      String title =
          new String(
              Files.readAllBytes(Path.of("/proc/" + process + "/cmdline")), StandardCharsets.UTF_8);
      return title.contains("autovacuum worker") ? AUTOVACUUM : OTHERS;
    } catch (IOException gone) {
      return OTHERS;
    }
  }

  /** Seconds of a kind since an earlier moment. */
  double since(Backends earlier, String kind) {
    return seconds.getOrDefault(kind, 0.0) - earlier.seconds.getOrDefault(kind, 0.0);
  }
}
