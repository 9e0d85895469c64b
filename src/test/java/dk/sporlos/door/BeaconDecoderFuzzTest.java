package dk.sporlos.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What no input whatever may do to the decoder. */
final class BeaconDecoderFuzzTest {
  private static final List<String> KEYS =
      List.of("d", "n", "u", "r", "p", "$", "e", "sd", "i", "w", "c", "k", "a", "v", "x");

  @Property
  void answersAnyBytes(@ForAll byte[] bytes) {
    assertSound(BeaconDecoder.decode(Buffer.buffer(bytes)));
  }

  @Property
  void answersAnyText(@ForAll String text) {
    assertSound(BeaconDecoder.decode(Buffer.buffer(text)));
  }

  @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
  void answersAnyJson(@ForAll("objects") Map<String, Object> object) {
    assertSound(BeaconDecoder.decode(new JsonObject(object).toBuffer()));
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void answersAnyQuery(@ForAll("queries") Map<String, String> query) {
    assertSound(BeaconDecoder.decode(MultiMap.caseInsensitiveMultiMap().addAll(query)));
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void answersABeaconOfWhichAByteIsWrong(
      @ForAll("objects") Map<String, Object> object, @ForAll byte wrong, @ForAll int place) {
    byte[] bytes = Json.encodeToBuffer(object).getBytes();
    bytes[Math.floorMod(place, bytes.length)] = wrong;

    assertSound(BeaconDecoder.decode(Buffer.buffer(bytes)));
  }

  private static void assertSound(Decoded decoded) {
    if (decoded instanceof Decoded.Unreadable unreadable) {
      assertThat(unreadable.detail()).endsWith(".");
      return;
    }
    Beacon beacon = (Beacon) decoded;
    Page page = Cleaning.clean(CleaningTest.SITE, beacon).page();
    assertThat(page.host()).isNotEmpty().isLowerCase();
    assertThat(page.path()).startsWith("/");
    assertThat(beacon.properties()).hasSizeLessThanOrEqualTo(30);
    if (beacon.action() instanceof Action.Event event) {
      assertThat(event.name()).isNotBlank();
      assertThat(event.name().codePointCount(0, event.name().length())).isLessThanOrEqualTo(120);
    }
  }

  @Provide
  Arbitrary<Map<String, Object>> objects() {
    return Arbitraries.maps(Arbitraries.of(KEYS), values()).ofMaxSize(KEYS.size());
  }

  @Provide
  Arbitrary<Map<String, String>> queries() {
    Arbitrary<String> texts = values().map(Json::encode);
    return Arbitraries.maps(Arbitraries.of(KEYS), texts).ofMaxSize(KEYS.size());
  }

  private static Arbitrary<Object> values() {
    Arbitrary<Object> simple =
        Arbitraries.oneOf(
            Arbitraries.of(
                "example.com", "https://example.com/", "pageview", "engagement", "DKK", "", true),
            Arbitraries.strings().ofMaxLength(150).map(text -> (Object) text),
            Arbitraries.strings()
                .ofMaxLength(50)
                .map(text -> (Object) ("https://example.com/" + text)),
            Arbitraries.longs().map(number -> (Object) number),
            Arbitraries.doubles().map(number -> (Object) number));
    Arbitrary<Object> nested =
        Arbitraries.maps(Arbitraries.of("amount", "currency", "a", "b"), simple)
            .ofMaxSize(4)
            .map(map -> (Object) map);
    return Arbitraries.frequencyOf(Tuple.of(4, simple), Tuple.of(1, nested));
  }
}
