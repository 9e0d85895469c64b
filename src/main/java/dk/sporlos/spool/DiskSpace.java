package dk.sporlos.spool;

import dk.sporlos.metrics.Doctor.Finding;
import dk.sporlos.metrics.FailureLog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The space that is left where data are kept. While it is less than a reserve no beacon is taken,
 * so that PostgreSQL, which stops where a disk is full, has room to go on.
 */
public final class DiskSpace {

  /** Tells how many bytes may still be written at a place. */
  @FunctionalInterface
  public interface Free {
    long bytes(Path path) throws IOException;
  }

  private final List<Path> places;
  private final long reserve;
  private final Free free;
  private final FailureLog failures = new FailureLog("the space on a disk was not measured");
  private volatile long least = Long.MAX_VALUE;

  /** As the operating system tells it. */
  public DiskSpace(List<Path> places, long reserve, MeterRegistry meters) {
    this(places, reserve, path -> Files.getFileStore(path).getUsableSpace(), meters);
  }

  /**
   * The same.
   *
   * @param reserve bytes that must be free at each of the places
   */
  public DiskSpace(List<Path> places, long reserve, Free free, MeterRegistry meters) {
    this.places = List.copyOf(places);
    this.reserve = reserve;
    this.free = free;
    Gauge.builder("sporlos.disk.free.bytes", this, DiskSpace::free)
        .description("Bytes that are free where data are kept; the least of all places")
        .register(meters);
    Gauge.builder("sporlos.disk.short", this, disk -> disk.isShort() ? 1 : 0)
        .description("1 while less is free than the reserve and no beacon is taken, else 0")
        .register(meters);
  }

  /** Measures again. Blocks. */
  public void measure() {
    long found = Long.MAX_VALUE;
    for (Path place : places) {
      try {
        found = Math.min(found, free.bytes(place));
      } catch (IOException failure) {
        failures.log(failure);
      }
    }
    least = found;
  }

  /** Whether there was too little when it was last measured. Does not block. */
  public boolean isShort() {
    return least < reserve;
  }

  /** Whether there is too little, or soon will be. Does not block. */
  public @Nullable Finding finding() {
    long found = least;
    if (found / 2 >= reserve) {
      return null;
    }
    String detail =
        "Where data are kept %d MB are free; --disk-reserve is %d MB."
            .formatted(found / 1_000_000, reserve / 1_000_000);
    return isShort()
        ? new Finding(
            "disk-short",
            detail + " No beacon is taken.",
            "Make room on the disks of --data and --spool.")
        : Finding.note(
            "disk-low",
            detail + " Below it no beacon is taken.",
            "Make room on the disks of --data and --spool.");
  }

  private double free() {
    return least == Long.MAX_VALUE ? Double.NaN : least;
  }
}
