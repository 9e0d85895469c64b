package dk.sporlos.door;

import static dk.sporlos.door.FakeVisitors.SITE;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.site.Profile;
import dk.sporlos.site.SiteSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EnrichmentTest {
  private static final String AGENT =
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
          + " Chrome/141.0.0.0 Safari/537.36";
  private static final ClientHints HINTS =
      new ClientHints(
          "\"Google Chrome\";v=\"141\", \"Chromium\";v=\"141\"", "?0", "\"Windows\"", "\"15.0.0\"");
  private static final Sender SENDER =
      new Sender(
          Objects.requireNonNull(Address.parse("198.51.100.77")),
          AGENT,
          "da-DK,en;q=0.8",
          false,
          false,
          false,
          HINTS);
  private static final Beacon BEACON =
      (Beacon)
          BeaconDecoder.decode(
              Buffer.buffer("{\"d\":\"example.com\",\"u\":\"https://example.com/\",\"w\":1200}"));
  private static final Campaign CAMPAIGN = new Campaign("nyhedsbrev", "email", "uge 48", "", "");

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  @TempDir private Path directory;

  @Test
  void findsOutWhatIsKeptOfAVisit() throws IOException {
    Enrichment enrichment = enrichment();

    assertThat(
            enrichment.attributes(
                SITE, SENDER, BEACON, new Origin("mail.google.com", "/mail", CAMPAIGN, "")))
        .isEqualTo(
            new Attributes(
                new Client("Chrome", "141", "Windows", "11", "Desktop", "Large", "da"),
                new Place("DK", "DK-82", ""),
                new Source("Email", "Newsletter", "mail.google.com", "/mail"),
                CAMPAIGN));
  }

  @Test
  void keepsThePlaceAsCloselyAsTheSiteSays() throws IOException {
    Enrichment enrichment = enrichment();

    assertThat(place(enrichment, "country")).isEqualTo(new Place("DK", "", ""));
    assertThat(place(enrichment, "city")).isEqualTo(new Place("DK", "DK-82", "Aarhus"));
  }

  @Test
  void readsAnAgentOnce() throws IOException {
    Enrichment enrichment = enrichment();
    enrichment.attributes(SITE, SENDER, BEACON, Origin.NONE);
    enrichment.attributes(SITE, SENDER, BEACON, Origin.NONE);

    assertThat(gets("hit")).isEqualTo(1);
    assertThat(gets("miss")).isEqualTo(1);
  }

  private double gets(String result) {
    return meters
        .get("cache.gets")
        .tags("cache", "agent", "result", result)
        .functionCounter()
        .count();
  }

  private Enrichment enrichment() throws IOException {
    Path file = directory.resolve("places.mmdb");
    TestPlaces.write(file, 1_790_000_000, TestPlaces.nested("DK", "82", "Aarhus"));
    return new Enrichment(new Places(file, meters), meters);
  }

  private static Place place(Enrichment enrichment, String detail) {
    SiteSettings settings = SiteSettings.read(Profile.DK, Map.of("place", detail), setting -> {});
    return enrichment.attributes(SITE.with(settings), SENDER, BEACON, Origin.NONE).place();
  }
}
