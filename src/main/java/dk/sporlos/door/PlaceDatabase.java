package dk.sporlos.door;

import com.maxmind.db.InvalidNetworkException;
import com.maxmind.db.Networks;
import com.maxmind.db.Reader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A database of networks and where they are, in the format MMDB, held in memory. */
final class PlaceDatabase {

  /*
   * Two layouts are in use. The one of GeoLite2 and DB-IP nests: country.iso_code,
   * subdivisions[].iso_code or .names.en, city.names.en. The one of ip-location-db is flat:
   * country_code, state1, city.
   *
   * A region is a code of ISO 3166-2, so one of which only a name is said is not kept: names are
   * written in many ways, and a code cannot be told from them.
   *
   * Not mapped: a file that is overwritten while it is mapped would take the process down.
   */
  private static final String SHIPPED = "countries.mmdb";
  private static final int LOOKED_AT = 1_000;

  private final Reader reader;

  private PlaceDatabase(Reader reader) {
    this.reader = reader;
  }

  /** The one that is shipped: countries alone. */
  static PlaceDatabase shipped() {
    try (InputStream file = PlaceDatabase.class.getResourceAsStream(SHIPPED)) {
      if (file == null) {
        throw new IllegalStateException(
            SHIPPED + " is missing; build it: npm ci && npm run build, in directory lists");
      }
      return checked(new Reader(file));
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + SHIPPED, e);
    }
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read, or knows no countries
   */
  static PlaceDatabase read(Path file) throws IOException {
    return checked(new Reader(file.toFile(), Reader.FileMode.MEMORY));
  }

  private static PlaceDatabase checked(Reader reader) throws IOException {
    try {
      Networks<?> networks = reader.networks(Map.class);
      for (int i = 0; i < LOOKED_AT && networks.hasNext(); i++) {
        if (!place(networks.next().data()).country().isEmpty()) {
          return new PlaceDatabase(reader);
        }
      }
    } catch (InvalidNetworkException impossible) {
      throw new IOException("its networks cannot be listed", impossible);
    }
    throw new IOException("its first " + LOOKED_AT + " networks have no country");
  }

  /** When it was made. */
  Instant built() {
    return reader.getMetadata().buildTime();
  }

  /** All that it knows of a network's place. */
  Place find(CutAddress network) {
    try {
      return place(reader.get(first(network), Map.class));
    } catch (IOException damaged) {
      return Place.UNKNOWN;
    }
  }

  /** The first address of a network. */
  private static InetAddress first(CutAddress network) throws IOException {
    byte[] bytes =
        network.six()
            ? ByteBuffer.allocate(16).putLong(network.prefix() << 16).array()
            : ByteBuffer.allocate(4).putInt((int) (network.prefix() << 8)).array();
    return InetAddress.getByAddress(bytes);
  }

  private static Place place(@Nullable Object entry) {
    if (!(entry instanceof Map<?, ?> facts)) {
      return Place.UNKNOWN;
    }
    String country = firstText(text(facts, "country", "iso_code"), text(facts, "country_code"));
    if (!country.matches("[A-Z]{2}")) {
      return Place.UNKNOWN;
    }
    String city = firstText(text(facts, "city", "names", "en"), text(facts, "city"));
    return new Place(country, region(country, facts), city);
  }

  private static String region(String country, Map<?, ?> facts) {
    Object first =
        facts.get("subdivisions") instanceof List<?> all && !all.isEmpty() ? all.get(0) : "";
    String code = first instanceof Map<?, ?> region ? text(region, "iso_code") : "";
    return code.matches("[A-Z0-9]{1,3}") ? country + "-" + code : "";
  }

  private static String firstText(String... texts) {
    return Arrays.stream(texts).filter(text -> !text.isEmpty()).findFirst().orElse("");
  }

  /** The text at a path; empty if there is none. */
  private static String text(Map<?, ?> facts, String... path) {
    Object at = facts;
    for (String key : path) {
      at = at instanceof Map<?, ?> map ? map.get(key) : null;
    }
    return at instanceof String text ? text : "";
  }
}
