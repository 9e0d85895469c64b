package dk.sporlos.door;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dk.sporlos.site.PlaceDetail;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells roughly where a network is, by the database that is shipped or one that the operator names.
 */
public final class Places {

  /*
   * A file that cannot be read leaves in use what was in use before, at first the database that is
   * shipped: where visitors are is worth less than that they are counted.
   *
   * A look-up under way while the database changes may be remembered from the old one, hence an
   * entry lives for an hour at most.
   */
  private static final Logger LOG = LoggerFactory.getLogger(Places.class);
  private static final int CACHED_NETWORKS = 50_000;
  private static final Duration REMEMBERED = Duration.ofHours(1);

  private final @Nullable Path file;
  private final Cache<CutAddress, Place> places;
  private volatile PlaceDatabase database = PlaceDatabase.shipped();
  private volatile @Nullable String problem;

  /** What the file looked like when it was last read, or tried. */
  private @Nullable Version seen;

  private record Version(FileTime changed, long size) {}

  /**
   * @param file null for the database that is shipped
   */
  public Places(@Nullable Path file, MeterRegistry meters) {
    this.file = file;
    this.places =
        Caffeine.newBuilder()
            .maximumSize(CACHED_NETWORKS)
            .expireAfterWrite(REMEMBERED)
            .recordStats()
            .executor(Runnable::run)
            .build();
    CaffeineCacheMetrics.monitor(meters, places, "network");
    TimeGauge.builder("sporlos.places.built", this, TimeUnit.SECONDS, Places::builtSeconds)
        .description("When the database of places in use was made, in seconds since 1970")
        .register(meters);
    refresh();
  }

  /**
   * Reads the operator's file if it has changed since it was last looked at. Blocks while it reads;
   * call it every minute or so.
   */
  public synchronized void refresh() {
    if (file == null) {
      return;
    }
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      Version version = new Version(attributes.lastModifiedTime(), attributes.size());
      if (version.equals(seen)) {
        return;
      }
      seen = version;
      database = PlaceDatabase.read(file);
      places.invalidateAll();
      problem = null;
      LOG.info("places are read from {}, made {}", file, database.built());
    } catch (IOException | RuntimeException unreadable) {
      remember(unreadable);
    }
  }

  private void remember(Exception unreadable) {
    String found = file + " cannot be read: " + unreadable;
    if (!found.equals(problem)) {
      problem = found;
      LOG.warn("{}; places come from the database of {} for now", found, database.built());
    }
  }

  /** Why the operator's file is not in use; null if it is, or none is named. */
  public @Nullable String problem() {
    return problem;
  }

  /** When the database in use was made. */
  public Instant built() {
    return database.built();
  }

  private double builtSeconds() {
    return built().getEpochSecond();
  }

  /** The place of a network, in no more detail than is wanted. */
  Place place(CutAddress network, PlaceDetail detail) {
    Place place = places.get(network, asked -> database.find(asked));
    return switch (detail) {
      case COUNTRY -> new Place(place.country(), "", "");
      case REGION -> new Place(place.country(), place.region(), "");
      case CITY -> place;
    };
  }
}
