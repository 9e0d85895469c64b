package dk.sporlos.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Load for as long as a Java machine compiles: what it spends on that, it spends once, and a busy
 * machine takes minutes for what a quiet one does in seconds.
 */
final class WarmUp {
  private static final int CONNECTIONS = 64;
  private static final int LOOK_SECONDS = 5;
  private static final double QUIET = 0.03;
  private static final String COMPILER = "C2 CompilerThread";

  private WarmUp() {}

  /**
   * Returns once the compiler takes less than 3 % of a core.
   *
   * @param most seconds after which it returns all the same
   */
  static void of(long pid, int port, List<String> domains, int most) {
    try (Running running = Running.start(domains, port, CONNECTIONS, 0, 0, most, port)) {
      running.awaitBegin();
      double before = Cpu.ofThreads(pid, COMPILER);
      for (int passed = 0; passed < most; passed += LOOK_SECONDS) {
        TimeUnit.SECONDS.sleep(LOOK_SECONDS);
        double now = Cpu.ofThreads(pid, COMPILER);
        if (passed > LOOK_SECONDS && (now - before) / LOOK_SECONDS < QUIET) {
          return;
        }
        before = now;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
