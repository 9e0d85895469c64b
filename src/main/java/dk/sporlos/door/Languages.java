package dk.sporlos.door;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The base language that a browser asks for first. */
final class Languages {

  /** Languages without a code of two letters that browsers are made in. */
  private static final Set<String> OF_THREE_LETTERS =
      Set.of(
          "ast", "brx", "cak", "ceb", "chr", "ckb", "dsb", "fil", "fur", "gsw", "haw", "hmn", "hsb",
          "kab", "kok", "lij", "mai", "meh", "mni", "nds", "sat", "scn", "sco", "skr", "szl", "trs",
          "tzm", "yue", "zam");

  /** Codes that ISO 639 has withdrawn, which some browsers still send. */
  private static final Map<String, String> WITHDRAWN = Map.of("iw", "he", "in", "id", "ji", "yi");

  private static final Set<String> KNOWN = known();

  private Languages() {}

  /**
   * The code of the language that stands first, as in {@code da} of {@code da-DK,en;q=0.8}; empty
   * if it is none of ISO 639.
   *
   * @param header as in {@code Accept-Language}
   */
  static String first(String header) {
    String preference = header.split("[,;]", 2)[0].strip();
    String base = preference.split("[-_]", 2)[0].toLowerCase(Locale.ROOT);
    String code = WITHDRAWN.getOrDefault(base, base);
    return KNOWN.contains(code) ? code : "";
  }

  private static Set<String> known() {
    Set<String> known = new HashSet<>(Set.of(Locale.getISOLanguages()));
    known.addAll(OF_THREE_LETTERS);
    return Set.copyOf(known);
  }
}
