package dk.sporlos;

import dk.sporlos.door.SecretBytes;
import dk.sporlos.http.Sockets;
import dk.sporlos.settings.Endpoint;
import dk.sporlos.spool.Spool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place of this process among those that follow each other at one spool: first the successor of
 * one that runs, then the predecessor of one that comes. Methods block.
 */
final class Succession {

  /*
   * In what order things go from one to the other. The successor does all that takes long while the
   * predecessor still answers: it migrates, it loads its lists. It binds the ports, and accepts
   * nothing: who connects to it waits in the kernel, as many as its queue holds. The predecessor
   * stops listening, answers what it has, sends its memory, closes the spool and ends. Then the
   * successor opens the spool, takes the memory and accepts.
   */
  private static final Logger LOG = LoggerFactory.getLogger(Succession.class);
  private static final Duration FOR_THE_SPOOL = Duration.ofSeconds(30);
  private static final int PAUSE_MILLIS = 20;

  private final @Nullable HandOverPlace place;
  private final Path spool;
  private final Sockets sockets;
  private volatile @Nullable Predecessor predecessor;
  private volatile @Nullable Successors successors;
  private byte @Nullable [] inherited; // guarded by this object

  /**
   * @param place where others are met; null for a process that follows nobody and is followed by
   *     nobody while it runs
   */
  Succession(@Nullable HandOverPlace place, Path spool, Sockets sockets) {
    this.place = place;
    this.spool = spool;
    this.sockets = sockets;
  }

  /**
   * Looks for a process that runs; false if there is none.
   *
   * @throws SuccessionException if there is one that this one cannot succeed
   */
  boolean find() {
    try {
      predecessor = place == null ? null : Predecessor.find(place);
    } catch (IOException failure) {
      throw new SuccessionException(
          "The process that runs cannot be replaced (%s): stop it first."
              .formatted(failure.getMessage()));
    }
    return predecessor != null;
  }

  /**
   * Takes the place of the process that was found. Whatever becomes of it, the spool is free in the
   * end, or this fails.
   *
   * @param endpoints to bind, each with the flag that it was set by
   */
  void succeed(Map<Endpoint, String> endpoints) {
    try (Predecessor found = predecessor) {
      if (found != null) {
        found.sharePorts();
        endpoints.forEach(sockets::reserve);
        inherit(found.memory());
        found.awaitEnd();
      }
    } catch (IOException failure) {
      LOG.warn("the process before this one has not handed over: {}", failure.getMessage());
    } finally {
      predecessor = null;
    }
    awaitSpool();
  }

  private synchronized void inherit(byte[] memory) {
    inherited = memory;
  }

  /** One that was killed, or told to stop just now, holds it for a moment yet. */
  private void awaitSpool() {
    long deadline = System.nanoTime() + FOR_THE_SPOOL.toNanos();
    try {
      while (Spool.isInUse(spool) && System.nanoTime() < deadline) {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException told) {
      Thread.currentThread().interrupt();
    } catch (IOException unknown) {
      // Whoever opens it will say what is wrong with it.
    }
  }

  /** What the predecessor sent, once, the caller's to zero; null if it sent nothing. */
  synchronized byte @Nullable [] inherited() {
    byte[] memory = inherited;
    inherited = null;
    return memory;
  }

  /**
   * Lets a successor find this process.
   *
   * @param asked is run when one is ready to take over
   */
  void await(Runnable asked) {
    if (place == null) {
      return;
    }
    try {
      successors = Successors.listen(place, sockets::share, asked);
    } catch (IOException failure) {
      LOG.warn(
          "this process cannot be replaced while it runs, only restarted: {}",
          failure.getMessage());
    }
  }

  /** Sends all to the successor that asked; false if there is none, or it has not taken it. */
  boolean bequeath(SecretBytes bytes) {
    Successors waiting = successors;
    return waiting != null && waiting.bequeath(bytes);
  }

  /** Is found by nobody any more. */
  void close() {
    Successors waiting = successors;
    if (waiting != null) {
      waiting.close();
    }
  }

  /** Everything is given back: lets the successor go on, and whatever this one waits for go. */
  void end() {
    Successors waiting = successors;
    if (waiting != null) {
      waiting.end();
    }
    Predecessor found = predecessor;
    try {
      if (found != null) {
        found.close();
      }
      sockets.abandon();
    } catch (IOException failure) {
      LOG.debug("what was not used was not closed in order", failure);
    }
  }
}
