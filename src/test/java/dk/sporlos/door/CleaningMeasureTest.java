package dk.sporlos.door;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.door.Secrets.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * How many ordinary addresses cleaning leaves alone, and how many planted secrets it misses: the
 * figures of decision 7.
 */
final class CleaningMeasureTest {
  private static final long SEED = 20261125;
  private static final int ORDINARY = 20_000;
  private static final int SECRETS_OF_A_KIND = 5_000;

  /** A token that looks like words by chance; most of them have 20 characters. */
  private static final double MISSED_TOKENS = 0.002;

  @Test
  void ofOrdinaryAddressesAtMostOneInAThousandChanges() throws IOException {
    List<String> drawn = OrdinaryPaths.draw(ORDINARY, SEED);
    List<String> written = written();

    List<String> changed = new ArrayList<>(changed(drawn));
    changed.addAll(changed(written));

    System.out.printf(
        Locale.ROOT,
        "ordinary addresses: %,d, changed: %d (%.3f %%) %s%n",
        drawn.size() + written.size(),
        changed.size(),
        100.0 * changed.size() / (drawn.size() + written.size()),
        changed);
    assertThat(changed.size()).isLessThanOrEqualTo((drawn.size() + written.size()) / 1_000);
    assertThat(changed(written)).isEmpty();
  }

  @Test
  void everyPlantedSecretIsCaught() {
    Map<Trace, List<String>> missed = new EnumMap<>(Trace.class);
    Random random = new Random(SEED);
    Secrets secrets = new Secrets(random);
    for (Trace kind : Trace.values()) {
      if (kind != Trace.PROPERTY) {
        missed.put(kind, new ArrayList<>());
        for (int i = 0; i < SECRETS_OF_A_KIND; i++) {
          Secret secret = secrets.secret(kind);
          if (!isCaught(secret, random)) {
            missed.get(kind).add(secret.text());
          }
        }
      }
    }

    missed.forEach(
        (kind, texts) ->
            System.out.printf(
                Locale.ROOT,
                "planted of kind %s: %,d, missed: %d (%.3f %%) %s%n",
                kind.label(),
                SECRETS_OF_A_KIND,
                texts.size(),
                100.0 * texts.size() / SECRETS_OF_A_KIND,
                texts.subList(0, Math.min(10, texts.size()))));
    List<String> ids = Objects.requireNonNull(missed.remove(Trace.ID));
    assertThat(missed.values()).allMatch(List::isEmpty);
    assertThat(ids.size()).isLessThanOrEqualTo((int) (SECRETS_OF_A_KIND * MISSED_TOKENS));
  }

  @Test
  void anOrdinaryBeaconIsCleanedInAFewMicroseconds() {
    List<Beacon> beacons =
        OrdinaryPaths.draw(2_000, SEED).stream()
            .map(
                path ->
                    CleaningTest.beacon(
                        "https://example.com" + encoded(path, 1),
                        "https://www.google.com/",
                        Map.of("plan", "yearly")))
            .toList();
    long best = Long.MAX_VALUE;
    long sum = 0;
    for (int round = 0; round < 60; round++) {
      long began = System.nanoTime();
      for (Beacon beacon : beacons) {
        sum += Cleaning.clean(CleaningTest.SITE, beacon).page().path().length();
      }
      best = Math.min(best, System.nanoTime() - began);
    }

    System.out.printf(Locale.ROOT, "cleaning a beacon: %.2f µs%n", best / 1e3 / beacons.size());
    assertThat(sum).isPositive();
  }

  private static List<String> written() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(
            CleaningMeasureTest.class.getResourceAsStream("ordinary-addresses.txt"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static List<String> changed(List<String> addresses) {
    return addresses.stream().filter(address -> !isKept(address)).toList();
  }

  private static boolean isKept(String address) {
    String path = address.replaceFirst("\\?.*", "");
    return CleaningTest.page("https://example.com" + address)
        .path()
        .equals(PercentDecoding.decode(path));
  }

  /** Plants a secret wherever something is kept, encoded up to twice, alone and among words. */
  private static boolean isCaught(Secret secret, Random random) {
    String spelled = spelled(secret, random);
    String word = random.nextInt(3) == 0 ? "nyt-" : "";
    String once = encoded(word + spelled, 1);
    String path = encoded(word + spelled, random.nextInt(3));
    Beacon beacon =
        CleaningTest.beacon(
            "https://example.com/a/" + path + "/b?utm_campaign=" + once + "&utm_term=" + once,
            "https://search.example/find/" + path + "/c?q=" + once,
            Map.of("plan", spelled, "note", "see " + encoded(spelled, random.nextInt(3)) + " !"));

    Cleaned cleaned = Cleaning.clean(CleaningTest.SITE, beacon);

    Campaign campaign = Objects.requireNonNull(cleaned.origin().campaign());
    return isFree(cleaned.page().path(), spelled)
        && isFree(cleaned.origin().path(), spelled)
        && isFree(campaign.name() + " " + campaign.term(), spelled)
        && cleaned.properties().values().stream().allMatch(value -> isFree(value, spelled));
  }

  private static String spelled(Secret secret, Random random) {
    if (secret.caseMatters()) {
      return secret.text();
    }
    return switch (random.nextInt(3)) {
      case 0 -> secret.text().toUpperCase(Locale.ROOT);
      case 1 -> secret.text().toLowerCase(Locale.ROOT);
      default -> secret.text();
    };
  }

  /**
   * Whether no more than four characters in a row are left of a secret, its names of things aside.
   */
  private static boolean isFree(String text, String secret) {
    String bare = secret.replaceFirst("(?i)^(cpr:|cpr-nr\\. |personnummer=|tel:)", "");
    for (int from = 0; from + 5 <= bare.length(); from++) {
      if (text.contains(bare.substring(from, from + 5))) {
        return false;
      }
    }
    return true;
  }

  private static String encoded(String text, int times) {
    String encoded = text;
    for (int i = 0; i < times; i++) {
      encoded =
          URLEncoder.encode(encoded, StandardCharsets.UTF_8)
              .replace("+", "%20")
              .replace("%2F", "/");
    }
    return encoded;
  }
}
