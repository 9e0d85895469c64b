package dk.sporlos.door;

import java.util.Set;

/** E-mail addresses, also internationalized ones, as people write them: without quotes. */
final class EmailAddress {

  /**
   * What images for fine displays are called: {@code logo@2x.png}, {@code logo@2x-dark.min.png}.
   */
  private static final Set<String> IMAGES =
      Set.of("png", "jpg", "jpeg", "webp", "gif", "svg", "avif");

  private EmailAddress() {}

  /** Where an address that begins at a place ends; -1 if none begins there. */
  static int end(String text, int from) {
    if (!isLocal(text.charAt(from)) || (from > 0 && isLocal(text.charAt(from - 1)))) {
      return -1;
    }
    int at = from;
    while (at < text.length() && isLocal(text.charAt(at))) {
      at++;
    }
    int end = -1;
    while (at < text.length() && text.charAt(at) == '@') {
      int domain = domainEnd(text, at + 1);
      if (domain < 0) {
        break;
      }
      end = domain;
      at = domain;
    }
    return end;
  }

  /** Where a domain ends; -1 if none begins at the place. */
  private static int domainEnd(String text, int from) {
    int end = -1;
    int label = from;
    int labels = 0;
    while (true) {
      int stop = label;
      while (stop < text.length() && isOfLabel(text.charAt(stop))) {
        stop++;
      }
      if (stop == label) {
        break;
      }
      labels++;
      if (labels > 1 && isTopLevel(text, label, stop)) {
        end = stop;
      }
      if (stop >= text.length() || text.charAt(stop) != '.') {
        break;
      }
      label = stop + 1;
    }
    return end < 0 || isVersionOrImage(text, from, end) ? -1 : end;
  }

  private static boolean isTopLevel(String text, int from, int to) {
    return to - from >= 2
        && Character.isLetter(text.charAt(from))
        && Character.isLetter(text.charAt(from + 1));
  }

  /** Whether this is a package's version, as in {@code 1.0.0-rc.beta}, or an image. */
  private static boolean isVersionOrImage(String text, int from, int end) {
    int dot = text.indexOf('.', from);
    boolean number = text.substring(from, dot).chars().allMatch(Character::isDigit);
    if (number && Digits.isDigit(text, dot + 1)) {
      return true;
    }
    return Digits.isDigit(text, from)
        && text.charAt(from + 1) == 'x'
        && (dot - from == 2 || text.charAt(from + 2) == '-')
        && IMAGES.contains(text.substring(text.lastIndexOf('.', end - 1) + 1, end));
  }

  private static boolean isOfLabel(char c) {
    return Character.isLetterOrDigit(c) || c == '-' || Character.isSurrogate(c);
  }

  private static boolean isLocal(char c) {
    return isOfLabel(c) || "._+'%~".indexOf(c) >= 0;
  }
}
