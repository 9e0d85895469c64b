package dk.sporlos.door;

import java.security.SecureRandom;
import java.util.Base64;

/** Numbers that stand for visits, visitors and cookies, and mean nothing else. */
public record RandomNumbers(SecureRandom random) {

  /** A number of a visit or a visitor; never 0, which stands for none. */
  public long next() {
    long number = random.nextLong();
    return number == 0 ? next() : number;
  }

  /** A number of a cookie, as its value has it. */
  String nextOfCookie() {
    byte[] bytes = new byte[VisitorCookie.NUMBER_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
