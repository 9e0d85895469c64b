package dk.sporlos.door;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.site.Dialect;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What no input whatever may do to the decoders of other products' dialects. */
final class DialectDecoderFuzzTest {
  private static final String UUID = "b59e9c65-ae32-47f1-8400-119fcf4861c4";
  private static final List<String> PATHS =
      List.of("/api/event", "/api/send", "/api/batch", "/matomo.php", "/count", "/api/v0/count");

  private static final List<String> KEYS =
      List.of(
          "n",
          "u",
          "d",
          "r",
          "p",
          "$",
          "e",
          "sd",
          "h",
          "w",
          "i",
          "m",
          "k",
          "type",
          "payload",
          "website",
          "url",
          "hostname",
          "name",
          "data",
          "ip",
          "userAgent",
          "timestamp",
          "screen",
          "engagement",
          "requests",
          "token_auth",
          "send_image",
          "idsite",
          "rec",
          "cid",
          "e_c",
          "e_a",
          "cvar",
          "cdt",
          "cip",
          "res",
          "ping",
          "idgoal",
          "hits",
          "path",
          "ref",
          "query",
          "size",
          "created_at",
          "b",
          "s",
          "q");

  @Property
  void answersAnyBytes(@ForAll byte[] bytes) {
    assertSound("", Buffer.buffer(bytes));
  }

  @Property
  void answersAnyQuery(@ForAll String query) {
    assertSound(query, Buffer.buffer());
  }

  @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
  void answersAnyJson(@ForAll("objects") Map<String, Object> object) {
    assertSound("", Json.encodeToBuffer(object));
    assertSound("", Json.encodeToBuffer(List.of(object, object)));
    assertSound(
        "", Json.encodeToBuffer(Map.of("requests", List.of(object), "hits", List.of(object))));
    assertSound("", Json.encodeToBuffer(Map.of("type", "event", "payload", object)));
  }

  @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
  void answersAnyParameters(@ForAll("objects") Map<String, Object> object) {
    StringBuilder query = new StringBuilder("idsite=3&rec=1");
    object.forEach((key, value) -> query.append('&').append(key).append('=').append(value));

    assertSound(query.toString(), Buffer.buffer());
    assertSound("", Buffer.buffer(query.toString()));
  }

  private static void assertSound(String query, Buffer body) {
    for (String path : PATHS) {
      Sent sent = new Sent("code.example.com", path, query, null, null, body);
      for (Dialect dialect : Dialect.OTHERS) {
        DialectDecoder.of(dialect)
            .decode(sent)
            .items()
            .forEach(DialectDecoderFuzzTest::assertSound);
      }
    }
  }

  private static void assertSound(Decoded decoded) {
    if (decoded instanceof Decoded.Unreadable unreadable) {
      assertThat(unreadable.detail()).isNotBlank();
    } else if (decoded instanceof Beacon beacon) {
      Beacon whole = beacon.with(beacon.url().on("example.com"), beacon.age());
      Page page = Cleaning.clean(CleaningTest.SITE, whole).page();
      // Of a host that is nothing but a trace nothing is left; the door refuses it as another's.
      assertThat(page.host().isEmpty() && CleaningTest.SITE.hasPagesOn(whole.url().host()))
          .isFalse();
      assertThat(page.host()).isLowerCase();
      assertThat(page.path()).startsWith("/");
      assertThat(beacon.properties()).hasSizeLessThanOrEqualTo(50);
      if (beacon.action() instanceof Action.Event event) {
        assertThat(event.name()).isNotBlank();
        assertThat(event.name().codePointCount(0, event.name().length())).isLessThanOrEqualTo(120);
      }
    }
  }

  @Provide
  Arbitrary<Map<String, Object>> objects() {
    return Arbitraries.maps(Arbitraries.of(KEYS), values()).ofMaxSize(KEYS.size());
  }

  private static Arbitrary<Object> values() {
    Arbitrary<Object> simple =
        Arbitraries.oneOf(
            Arbitraries.of(
                "example.com",
                "https://example.com/",
                "pageview",
                "engagement",
                UUID,
                "",
                true,
                "1",
                "?idsite=3&rec=1&url=https://example.com/",
                "{\"a\":1}",
                "[1]",
                "1920x1080"),
            Arbitraries.strings().ofMaxLength(150).map(text -> (Object) text),
            Arbitraries.strings()
                .ofMaxLength(50)
                .map(text -> (Object) ("https://example.com/" + text)),
            Arbitraries.longs().map(number -> (Object) number),
            Arbitraries.doubles().map(number -> (Object) number));
    Arbitrary<Object> nested =
        Arbitraries.maps(
                Arbitraries.of("amount", "currency", "1", "website", "url", "data"), simple)
            .ofMaxSize(4)
            .map(map -> (Object) map);
    Arbitrary<Object> list = simple.list().ofMaxSize(3).map(all -> (Object) all);
    return Arbitraries.frequencyOf(Tuple.of(4, simple), Tuple.of(1, nested), Tuple.of(1, list));
  }
}
