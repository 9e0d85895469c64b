package dk.sporlos.bench;

import java.util.List;
import java.util.Map;

/** A load generator at work. */
final class Running implements AutoCloseable {

  /**
   * What it came to; sent, accepted and answers with the warm-up, the others without.
   *
   * @param accepted answers that say the beacon is durable
   * @param answers by status
   * @param perSecond accepted
   * @param p50 milliseconds
   * @param p99 milliseconds
   */
  record Result(
      long sent, long accepted, String answers, double perSecond, double p50, double p99) {}

  /** Compiled once and simply: what is spent on compiling is taken from what is measured. */
  private static final List<String> OPTIONS =
      List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private final Program program;

  private Running(Program program) {
    this.program = program;
  }

  static Running start(
      List<String> domains,
      int port,
      int connections,
      int rate,
      int warmUp,
      int seconds,
      long seed) {
    return new Running(
        Program.start(
            LoadGenerator.class,
            OPTIONS,
            List.of(
                "--port", Integer.toString(port),
                "--connections", Integer.toString(connections),
                "--rate", Integer.toString(rate),
                "--warm-up", Integer.toString(warmUp),
                "--seconds", Integer.toString(seconds),
                "--sites", String.join(",", domains),
                "--seed", Long.toString(seed))));
  }

  long pid() {
    return program.pid();
  }

  /** Returns when the warm-up is over. */
  void awaitBegin() {
    program.await("measuring");
  }

  /** Returns when the time that is measured is over. */
  void awaitEnd() {
    program.await("measured");
  }

  /** Waits for the last answer. */
  Result finish() {
    Map<String, String> counts = program.awaitPairs("sent");
    Map<String, String> times = program.awaitPairs("perSecond");
    return new Result(
        Long.parseLong(counts.get("sent")),
        Long.parseLong(counts.get("accepted")),
        counts.get("answers"),
        Double.parseDouble(times.get("perSecond")),
        Double.parseDouble(times.get("p50")),
        Double.parseDouble(times.get("p99")));
  }

  @Override
  public void close() {
    program.close();
  }
}
