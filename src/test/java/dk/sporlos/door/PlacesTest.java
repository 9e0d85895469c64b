package dk.sporlos.door;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.site.PlaceDetail;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PlacesTest {
  private static final int BUILT = 1_790_000_000;
  private static final Place AARHUS = new Place("DK", "DK-82", "Aarhus");

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  @TempDir private Path directory;
  private Path file = Path.of("");

  @BeforeEach
  void writeFile() throws IOException {
    file = directory.resolve("places.mmdb");
    TestPlaces.write(file, BUILT, TestPlaces.nested("DK", "82", "Aarhus"));
  }

  @ParameterizedTest
  @CsvSource({"130.225.1.2, DK", "129.240.1.2, NO", "2001:878::1, DK", "10.0.0.1, ''", "::1, ''"})
  void knowsCountriesByTheDatabaseThatIsShipped(String address, String country) {
    Places places = new Places(null, meters);

    assertThat(place(places, address, PlaceDetail.CITY)).isEqualTo(new Place(country, "", ""));
    assertThat(places.built()).isAfter("2026-01-01T00:00:00Z");
    assertThat(places.problem()).isNull();
  }

  @Test
  void readsTheOperatorsFile() {
    Places places = new Places(file, meters);

    assertThat(place(places, "198.51.100.77", PlaceDetail.CITY)).isEqualTo(AARHUS);
    assertThat(place(places, "2001:db8:0:1::5", PlaceDetail.CITY)).isEqualTo(AARHUS);
    assertThat(place(places, "130.225.1.2", PlaceDetail.CITY)).isEqualTo(Place.UNKNOWN);
    assertThat(meters.get("sporlos.places.built").timeGauge().value())
        .isEqualTo(Double.valueOf(BUILT));
  }

  @Test
  void keepsNoMoreDetailThanIsWanted() {
    Places places = new Places(file, meters);

    assertThat(place(places, "198.51.100.1", PlaceDetail.COUNTRY))
        .isEqualTo(new Place("DK", "", ""));
    assertThat(place(places, "198.51.100.1", PlaceDetail.REGION))
        .isEqualTo(new Place("DK", "DK-82", ""));
  }

  @Test
  void readsTheFlatLayout() throws IOException {
    TestPlaces.write(file, BUILT, Map.of("country_code", "SE", "state1", "Skåne", "city", "Lund"));

    assertThat(place(new Places(file, meters), "198.51.100.1", PlaceDetail.CITY))
        .isEqualTo(new Place("SE", "", "Lund"));
  }

  @Test
  void readsTheFileAgainWhenItHasChanged() throws IOException {
    Places places = new Places(file, meters);
    assertThat(place(places, "198.51.100.1", PlaceDetail.CITY)).isEqualTo(AARHUS);

    change(() -> TestPlaces.write(file, BUILT + 1, TestPlaces.nested("SE", "M", "Lund")));
    assertThat(place(places, "198.51.100.1", PlaceDetail.CITY)).isEqualTo(AARHUS);
    places.refresh();

    assertThat(place(places, "198.51.100.1", PlaceDetail.CITY))
        .isEqualTo(new Place("SE", "SE-M", "Lund"));
    assertThat(places.built()).isEqualTo(Instant.ofEpochSecond(BUILT + 1));
  }

  @Test
  void keepsWhatItHadWhileTheNewFileIsBroken() throws IOException {
    Places places = new Places(file, meters);

    change(() -> Files.write(file, new byte[] {1, 2, 3}));
    places.refresh();
    assertThat(place(places, "198.51.100.1", PlaceDetail.CITY)).isEqualTo(AARHUS);
    assertThat(places.problem()).contains(file.toString());

    change(() -> TestPlaces.write(file, BUILT, Map.of("asn", "64496")));
    places.refresh();
    assertThat(place(places, "198.51.100.1", PlaceDetail.CITY)).isEqualTo(AARHUS);
    assertThat(places.problem()).contains("country");

    change(() -> Files.delete(file));
    places.refresh();
    assertThat(place(places, "198.51.100.1", PlaceDetail.CITY)).isEqualTo(AARHUS);
    assertThat(places.problem()).contains("NoSuchFile");

    change(() -> TestPlaces.write(file, BUILT, TestPlaces.nested("SE", "M", "Lund")));
    places.refresh();
    assertThat(place(places, "198.51.100.1", PlaceDetail.CITY).city()).isEqualTo("Lund");
    assertThat(places.problem()).isNull();
  }

  @Test
  void fallsBackOnTheDatabaseThatIsShipped() {
    Places places = new Places(directory.resolve("absent.mmdb"), meters);

    assertThat(place(places, "130.225.1.2", PlaceDetail.REGION).country()).isEqualTo("DK");
    assertThat(places.problem()).contains("absent.mmdb");
  }

  @Test
  void countsWhatItsCacheKnew() {
    Places places = new Places(null, meters);
    place(places, "130.225.1.2", PlaceDetail.REGION);
    place(places, "130.225.1.77", PlaceDetail.COUNTRY);

    assertThat(
            meters
                .get("cache.gets")
                .tags("cache", "network", "result", "hit")
                .functionCounter()
                .count())
        .isEqualTo(1);
  }

  private interface Change {
    void make() throws IOException;
  }

  /** Changes the file, and its time by more than the clock of any file system is coarse. */
  private void change(Change change) throws IOException {
    Instant before =
        Files.exists(file) ? Files.getLastModifiedTime(file).toInstant() : Instant.EPOCH;
    change.make();
    if (Files.exists(file)) {
      Files.setLastModifiedTime(file, FileTime.from(before.plusSeconds(10)));
    }
  }

  private static Place place(Places places, String address, PlaceDetail detail) {
    return places.place(Objects.requireNonNull(Address.parse(address)).cut(), detail);
  }
}
