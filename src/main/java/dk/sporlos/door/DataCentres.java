package dk.sporlos.door;

import dk.sporlos.settings.Network;
import dk.sporlos.settings.Networks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The networks that machines are in and no people, read from a file of the operator and again
 * whenever it changes. May be asked from any thread.
 */
public final class DataCentres {
  private static final Logger LOG = LoggerFactory.getLogger(DataCentres.class);

  /** By which a file is known to be another than before. */
  private record Version(FileTime modified, long size) {}

  private final @Nullable Path file;
  private volatile Networks networks = new Networks(List.of());
  private @Nullable Version version;
  private @Nullable Version said;
  private @Nullable String complaint;

  private DataCentres(@Nullable Path file) {
    this.file = file;
  }

  /** No networks. */
  public static DataCentres none() {
    return new DataCentres(null);
  }

  /**
   * Those of a file: one network a line; empty lines do not count, nor does what follows a {@code
   * #}. Blocks.
   *
   * @throws IllegalArgumentException if it cannot be read, with a message for the operator
   */
  public static DataCentres in(String file) {
    try {
      DataCentres dataCentres = new DataCentres(Path.of(file));
      dataCentres.readIfChanged();
      return dataCentres;
    } catch (InvalidPathException fault) {
      throw new IllegalArgumentException("'" + file + "' is no path of a file", fault);
    }
  }

  /**
   * Reads the file if it has changed; of one that cannot be read, what was read before holds.
   * Blocks.
   */
  public synchronized void refresh() {
    try {
      readIfChanged();
      complaint = null;
      if (!Objects.equals(version, said)) {
        said = version;
        LOG.info("--data-centres: {} networks", networks.size());
      }
    } catch (IllegalArgumentException unreadable) {
      String again = complaint;
      complaint = unreadable.getMessage();
      if (!Objects.equals(complaint, again)) {
        LOG.warn("--data-centres: {}; what was read before holds", complaint);
      }
    }
  }

  private synchronized void readIfChanged() {
    if (file == null) {
      return;
    }
    try {
      Version found = new Version(Files.getLastModifiedTime(file), Files.size(file));
      if (!found.equals(version)) {
        networks = new Networks(networks(file, Files.readAllLines(file)));
        version = found;
      }
    } catch (IOException fault) {
      throw new IllegalArgumentException(
          "cannot read " + file + "; name a text file of one network a line", fault);
    }
  }

  private static List<Network> networks(Path file, List<String> lines) {
    List<Network> networks = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      int remark = line.indexOf('#');
      try {
        networks.addAll(Network.parseAll(remark < 0 ? line : line.substring(0, remark)));
      } catch (IllegalArgumentException fault) {
        throw new IllegalArgumentException(
            file + ", line " + (i + 1) + ": " + fault.getMessage(), fault);
      }
    }
    return networks;
  }

  boolean include(Address address) {
    return networks.contain(address.six(), address.high(), address.low());
  }

  @Override
  public String toString() {
    return "DataCentres[" + networks.size() + " networks]";
  }
}
