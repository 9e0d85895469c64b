package dk.sporlos.spool;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The file of a spool that is being read, and how many of its batches have been stored. */
final class Reading {
  private final Segment segment;
  private boolean damaged;
  private int done;

  private Reading(Segment segment) {
    this.segment = segment;
    this.damaged = segment.isDamaged();
  }

  static Reading of(Path file) throws IOException {
    return new Reading(Segment.read(file));
  }

  Path file() {
    return segment.file();
  }

  /** The oldest batch that has not been stored and can be read; null if there is none. */
  @Nullable Batch next() {
    while (!isOver()) {
      try {
        return segment.batch(done);
      } catch (DamagedException damage) {
        damaged = true;
        done++;
      }
    }
    return null;
  }

  void stored() {
    done++;
  }

  /** Notes that the file is not to be removed. */
  void damaged() {
    damaged = true;
  }

  boolean isDamaged() {
    return damaged;
  }

  boolean isOver() {
    return done == segment.batches();
  }

  int done() {
    return done;
  }
}
