package dk.sporlos.door;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Paths such as websites have, drawn from a grammar: slugs, shops, dates, numbers of things. */
final class OrdinaryPaths {
  private static final String[] WORDS =
      words(
          """
      forsikring arbejdsloeshed kontakt nyheder priser produkter koebenhavn aarhus odense aalborg
      billig bolig hjem have mad opskrifter sundhed sport kultur politik erhverv oekonomi vejret
      skole uddannelse boernehave kommune borger selvbetjening pension skat virksomhed job ledige
      cykel bukser kjoler sko jakke vinter sommer tilbud udsalg levering betaling historie kalender
      arrangementer billetter koncert teater museum bibliotek artikel danmark vejledning svar
      kundeservice gavekort nyhedsbrev abonnement hotel rejser ferie sommerhus strand elbil varme
      energi affald genbrug klima omstilling landbrug havn maskine køkken børn grøn håndværk smørrebrød
      about contact news pricing products insurance guide help support account settings checkout
      cart category women men kids shoes jackets garden kitchen furniture lighting review best cheap
      download documentation tutorial release changelog security privacy cookies terms careers press
      report annual event webinar podcast gallery travel weather football minister election budget
      hospital teacher software update windows printer camera wireless headphones charger battery
      """);

  private static final String[] BRANDS =
      words(
          "Samsung Bosch Sony Canon Philips Lego Nikon Makita Electrolux Siemens Garmin Apple Lenovo");

  private final Random random;

  private OrdinaryPaths(Random random) {
    this.random = random;
  }

  private static String[] words(String text) {
    return text.strip().split("\\s+");
  }

  /** So many, the same for the same seed. */
  static List<String> draw(int count, long seed) {
    OrdinaryPaths paths = new OrdinaryPaths(new Random(seed));
    List<String> drawn = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      drawn.add(paths.path());
    }
    return drawn;
  }

  private String path() {
    return switch (random.nextInt(16)) {
      case 0 -> "/" + word() + "/" + word() + "/" + slug(2);
      case 1 -> date("/%04d/%02d/%02d/") + slug(3 + random.nextInt(8));
      case 2 -> date("/" + word() + "/%04d-%02d-%02d-") + slug(4);
      case 3 -> "/article" + digits(8);
      case 4 -> "/" + word() + "/" + digits(5 + random.nextInt(5)) + "/" + slug(5);
      case 5 -> "/shop/" + word() + "/" + slug(3) + "-" + digits(6 + random.nextInt(3));
      case 6 -> "/produkt/" + ean() + "-" + slug(2);
      case 7 -> "/products/" + product();
      case 8 -> "/docs/v" + number(9) + "." + number(30) + "." + number(99) + "/" + slug(2);
      case 9 -> "/" + word() + "/" + slug(2) + ".html";
      case 10 -> "/ECE" + digits(8) + "/" + slug(6) + "/";
      case 11 -> "/varenr/" + letters(2 + random.nextInt(3)) + "-" + digits(3 + random.nextInt(4));
      case 12 -> "/" + slug(2) + "/side/" + number(200);
      case 13 -> "/wiki/" + capitalized() + "_" + capitalized() + "_(" + number(3000) + ")";
      case 14 -> "/download/" + word() + "-" + number(9) + "." + number(20) + "-x64.zip";
      default -> "/" + word() + (random.nextBoolean() ? "/" : "");
    };
  }

  private String product() {
    return capitalize(BRANDS[random.nextInt(BRANDS.length)])
        + "-"
        + letters(1 + random.nextInt(3))
        + number(9999)
        + "-"
        + capitalized()
        + "-"
        + number(1024)
        + "GB-"
        + capitalized();
  }

  private String slug(int words) {
    List<String> slug = new ArrayList<>();
    for (int i = 0; i < words; i++) {
      slug.add(random.nextInt(12) == 0 ? Integer.toString(number(2030)) : word());
    }
    return String.join("-", slug);
  }

  private String date(String format) {
    return format.formatted(2005 + random.nextInt(22), 1 + random.nextInt(12), number(28));
  }

  /** Thirteen digits with the check digit of GS1. */
  private String ean() {
    String digits = (random.nextBoolean() ? "57" : "40") + digits(10);
    int sum = 0;
    for (int i = 0; i < 12; i++) {
      sum += (digits.charAt(i) - '0') * (i % 2 == 0 ? 1 : 3);
    }
    return digits + (10 - sum % 10) % 10;
  }

  private String word() {
    return WORDS[random.nextInt(WORDS.length)];
  }

  private String capitalized() {
    return capitalize(word());
  }

  private static String capitalize(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  private int number(int greatest) {
    return 1 + random.nextInt(greatest);
  }

  private String digits(int count) {
    return draw("0123456789", count);
  }

  private String letters(int count) {
    return draw("ABCDEFGHJKLMNPQRSTUVWXYZ", count);
  }

  private String draw(String characters, int count) {
    StringBuilder drawn = new StringBuilder();
    for (int i = 0; i < count; i++) {
      drawn.append(characters.charAt(random.nextInt(characters.length())));
    }
    return drawn.toString();
  }
}
