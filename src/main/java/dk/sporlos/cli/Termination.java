package dk.sporlos.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The wish that the process end: SIGTERM, SIGINT, a closed terminal or a successor. From then on it
 * has a limited time, after which it ends whatever is left.
 */
final class Termination implements AutoCloseable {

  /*
   * The Java machine begins to end with the first such signal, and waits for the hook; a second
   * signal changes nothing. Left alone it would end with 143, as if it had been killed, so the hook
   * has the last word: 0 if everything was stopped in order.
   */
  private final Thread hook = new Thread(this::end, "stop");
  private final Thread main = Thread.currentThread();
  private final CountDownLatch told = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Duration grace;
  private final PrintStream err;
  private boolean interruptible; // guarded by this object
  private volatile long deadline;
  private volatile String phase = "starting";
  private volatile boolean complete = true;

  /** Begins to listen for the wish, which the present thread will obey. */
  Termination(Duration grace, PrintStream err) {
    this.grace = grace;
    this.err = err;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Does something that takes a while and may be interrupted by the wish. */
  <T> T whileInterruptible(InterruptibleStep<T> step) throws InterruptedException {
    synchronized (this) {
      interruptible = true;
    }
    try {
      if (isTold()) {
        throw new InterruptedException();
      }
      return step.run();
    } finally {
      synchronized (this) {
        interruptible = false;
        // From here on nothing shall be interrupted any more.
        Thread.interrupted();
      }
    }
  }

  /** Something that may be interrupted. */
  interface InterruptibleStep<T> {
    T run() throws InterruptedException;
  }

  boolean isTold() {
    return told.getCount() == 0;
  }

  /** Waits for the wish; false if it did not come in time. */
  boolean isToldWithin(long seconds) {
    try {
      return told.await(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** How much of the grace is left; all of it before the wish. */
  Duration left() {
    long nanos = isTold() ? deadline - System.nanoTime() : grace.toNanos();
    return Duration.ofNanos(Math.max(nanos, 0));
  }

  /** What is being done, to be said if it is not done in time. */
  void enter(String doing) {
    phase = doing;
  }

  /** Notes that something could not be finished, so that the exit code tells. */
  void incomplete() {
    complete = false;
  }

  /** Everything was stopped. */
  @Override
  public void close() {
    stopped.countDown();
    if (!isTold()) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException tooLate) {
        // It has come just now, and finds everything stopped.
      }
    }
  }

  /** Wishes it from within; the first wish counts. */
  synchronized void tell() {
    if (!isTold()) {
      deadline = System.nanoTime() + grace.toNanos();
      told.countDown();
      if (interruptible) {
        main.interrupt();
      }
    }
  }

  private void end() {
    tell();
    boolean inTime = false;
    try {
      inTime = stopped.await(grace.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
    }
    if (!inTime) {
      err.printf("sporlos: the grace of %d s is over while %s%n", grace.toSeconds(), phase);
    }
    err.flush();
    Runtime.getRuntime().halt(inTime && complete ? Cli.OK : Cli.FAILED);
  }
}
