package dk.sporlos.door;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;

/** Secrets of every kind, made up by chance. */
final class Secrets {
  private static final String DIGITS = "0123456789";
  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
  private static final String ALL = LOWER + LOWER.toUpperCase(Locale.ROOT) + DIGITS;

  /** A secret; what must not be left of it is all of it but its separators. */
  record Secret(Trace kind, String text, boolean caseMatters) {}

  private final Random random;

  Secrets(Random random) {
    this.random = random;
  }

  Secret secret(Trace kind) {
    return switch (kind) {
      case EMAIL -> new Secret(kind, email(), false);
      case CPR -> new Secret(kind, cpr(), false);
      case PHONE -> new Secret(kind, phone(), false);
      case IBAN -> new Secret(kind, iban(), false);
      case CARD -> new Secret(kind, card(), false);
      case JWT -> new Secret(kind, jwt(), false);
      case ID, PROPERTY -> id();
    };
  }

  private String email() {
    String local = pick("kim", "anna.b", "o'brien", "søren", "x_1", "a-b", "info+news");
    String host = pick("example.com", "mail.example.dk", "blåbær.dk", "a.co", "x1.example.museum");
    return local + random.nextInt(1_000) + "@" + host;
  }

  private String cpr() {
    LocalDate birth = LocalDate.of(1900, 1, 1).plusDays(random.nextInt(36_500));
    String date =
        "%02d%02d%02d"
            .formatted(birth.getDayOfMonth(), birth.getMonthValue(), birth.getYear() % 100);
    String rest = random.nextInt(4) + draw(DIGITS, 3);
    return random.nextInt(4) == 0
        ? pick("cpr:", "CPR-nr. ", "personnummer=") + date + rest
        : date + pick("-", " ", "_", ".", " - ") + rest;
  }

  private String phone() {
    String number = (2 + random.nextInt(8)) + draw(DIGITS, 7);
    String grouped =
        pick(
            number,
            number.substring(0, 4) + " " + number.substring(4),
            number.replaceAll("(..)(?=.)", "$1 "));
    return pick("+45", "+45 ", "0045", "00 45 ".strip() + " ", "tel:", "+46", "+4912", "+1 555")
        .replace("+1 555", "+155")
        .concat(grouped);
  }

  private String iban() {
    String country = pick("DK", "SE", "NO", "DE", "GB", "FR");
    String body =
        switch (country) {
          case "DK" -> draw(DIGITS, 14);
          case "SE" -> draw(DIGITS, 20);
          case "NO" -> draw(DIGITS, 11);
          case "DE" -> draw(DIGITS, 18);
          case "GB" -> draw(LOWER, 4).toUpperCase(Locale.ROOT) + draw(DIGITS, 14);
          default -> draw(DIGITS, 10) + draw(DIGITS + "ABC", 11) + draw(DIGITS, 2);
        };
    StringBuilder number = new StringBuilder();
    (body + country + "00").chars().forEach(c -> number.append(Character.digit(c, 36)));
    int check = 98 - new BigInteger(number.toString()).mod(BigInteger.valueOf(97)).intValueExact();
    String iban = country + "%02d".formatted(check) + body;
    return random.nextBoolean() ? iban : iban.replaceAll("(....)(?=.)", "$1 ");
  }

  private String card() {
    String prefix = pick("4", "51", "2221", "5019", "6011", "3528", "62", "34", "36");
    int length = prefix.equals("34") ? 15 : prefix.equals("36") ? 14 : 16;
    String body = prefix + draw(DIGITS, length - prefix.length() - 1);
    int sum = 0;
    for (int i = 0; i < body.length(); i++) {
      int digit = body.charAt(body.length() - 1 - i) - '0';
      int doubled = i % 2 == 0 ? digit * 2 : digit;
      sum += doubled > 9 ? doubled - 9 : doubled;
    }
    String card = body + (10 - sum % 10) % 10;
    return random.nextBoolean() ? card : card.replaceAll("(....)(?=.)", "$1" + pick(" ", "-"));
  }

  private String jwt() {
    return base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}")
        + "."
        + base64("{\"sub\":\"" + draw(LOWER, 8) + "\"}")
        + "."
        + draw(ALL + "-_", 43);
  }

  private Secret id() {
    return switch (random.nextInt(4)) {
      case 0 ->
          new Secret(Trace.ID, new UUID(random.nextLong(), random.nextLong()).toString(), false);
      case 1 -> new Secret(Trace.ID, draw("0123456789abcdef", 16 + random.nextInt(49)), false);
      case 2 -> new Secret(Trace.ID, mixed(ALL), true);
      default -> new Secret(Trace.ID, mixed(ALL + "-_"), true);
    };
  }

  /**
   * Has both cases and a digit, and begins and ends as tokens in addresses do, without a hyphen.
   */
  private String mixed(String characters) {
    while (true) {
      String token = draw(ALL, 1) + draw(characters, 18 + random.nextInt(30)) + draw(ALL, 1);
      if (token.matches(".*[a-z].*") && token.matches(".*[A-Z].*") && token.matches(".*\\d.*")) {
        return token;
      }
    }
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private String draw(String characters, int count) {
    StringBuilder drawn = new StringBuilder();
    for (int i = 0; i < count; i++) {
      drawn.append(characters.charAt(random.nextInt(characters.length())));
    }
    return drawn.toString();
  }
}
