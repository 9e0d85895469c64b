package dk.sporlos.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The control of every sweep: what is hidden in any way is found. */
class CanariesTest {
  private static final String SECRET = "Anna Åse/\"Q\"+7@example.org";
  private static final byte[] PLAIN = SECRET.getBytes(StandardCharsets.UTF_8);

  @TempDir private Path directory;

  private final Canaries canaries = new Canaries();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "percent-encoded | Anna+%C3%85se%2F%22Q%22%2B7%40example.org",
        "percent-encoded in lower case | anna+%c3%85se%2f%22q%22%2b7%40example.org",
        "in JSON | Anna Åse\\/\\\"Q\\\"+7@example.org",
        "in lower case | anna åse/\"q\"+7@example.org",
        "in upper case | ANNA ÅSE/\"Q\"+7@EXAMPLE.ORG",
      })
  void aTextIsFoundAsItIsWrittenElsewhere(String way, String written) {
    canaries.addText("secret", SECRET);

    assertThat(canaries.in("x" + written + "y")).anyMatch(leak -> leak.contains(way));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void aTextIsFoundInBase64OfSomethingLonger(int before) {
    canaries.addText("secret", SECRET);
    byte[] longer = ("{" + "x".repeat(before) + SECRET + "}").getBytes(StandardCharsets.UTF_8);

    assertThat(canaries.in(Base64.getEncoder().encodeToString(longer)))
        .contains("secret in base64 in the text");
    assertThat(canaries.in(Base64.getUrlEncoder().encodeToString(longer)))
        .contains("secret in base64url in the text");
  }

  @Test
  void aTextIsFoundInOtherCharactersAndHashed() throws Exception {
    canaries.addText("secret", SECRET);

    for (var charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      assertThat(found(SECRET.getBytes(charset))).anyMatch(leak -> leak.contains("UTF-16"));
    }
    for (String algorithm : List.of("MD5", "SHA-1", "SHA-256")) {
      byte[] hash = MessageDigest.getInstance(algorithm).digest(PLAIN);
      String hex = HexFormat.of().formatHex(hash);
      assertThat(found(hash)).anyMatch(leak -> leak.startsWith(algorithm));
      assertThat(canaries.in(hex)).anyMatch(leak -> leak.startsWith(algorithm));
      assertThat(canaries.in(hex.toUpperCase(Locale.ROOT)))
          .anyMatch(leak -> leak.startsWith(algorithm));
      assertThat(canaries.in(Base64.getEncoder().encodeToString(hash)))
          .anyMatch(leak -> leak.startsWith(algorithm));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 500, 999})
  void eachKindOfEachVisitorIsFoundAmongAThousand(int number) throws Exception {
    Random random = new Random(1);
    List<CanaryVisitor> visitors =
        random
            .ints(1_000)
            .mapToObj(seed -> CanaryVisitor.number(seed & 1, new Random(seed)))
            .toList();
    visitors.forEach(visitor -> visitor.plant(canaries));
    CanaryVisitor one = visitors.get(number);

    for (String kind :
        List.of(
            one.address(),
            one.agent(),
            one.language(),
            one.cookie(),
            one.email(),
            one.token(),
            one.cpr(),
            one.user(),
            one.search())) {
      assertThat(canaries.in("some " + kind + " here")).as(kind).isNotEmpty();
    }
    assertThat(canaries.in(RunningServer.BROWSER + " da,en 81.2.69.142 /news")).isEmpty();
  }

  private List<String> found(byte[] bytes) throws Exception {
    Files.write(directory.resolve("file"), bytes);
    return canaries.under(directory);
  }
}
