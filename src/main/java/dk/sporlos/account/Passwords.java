package dk.sporlos.account;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import dk.sporlos.page.Language;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Hashes passwords and compares with hashes, off the event loops. */
public final class Passwords {

  /*
   * Argon2id with 19 MiB, two passes and one lane is what OWASP's Password Storage Cheat Sheet asks for
   * at least. Two at a time: so many sign-ins at once neither fill the memory nor take all cores.
   */
  private static final int MEMORY_KIB = 19 * 1024;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int HASH_BYTES = 32;
  private static final int SALT_BYTES = 16;
  private static final int AT_ONCE = 2;

  /** NIST SP 800-63B-4, 3.1.1.2: a password that is not the only factor may have eight. */
  static final int SHORTEST = 12;

  static final int LONGEST = 200;

  /** The secret of the link stands beside it. */
  private static final int SHORTEST_SHARED = 8;

  private static final Argon2Function ARGON2 =
      Argon2Function.getInstance(MEMORY_KIB, PASSES, LANES, HASH_BYTES, Argon2.ID);

  private final WorkerExecutor executor;
  private final SecureRandom random;
  private final CommonPasswords common = CommonPasswords.shipped();

  /**
   * Of no password, compared with where there is no account: it takes as long as where there is
   * one.
   */
  private final String nobodys;

  public Passwords(Vertx vertx, SecureRandom random) {
    this.executor = vertx.createSharedWorkerExecutor("passwords", AT_ONCE);
    this.random = random;
    this.nobodys =
        "$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s"
            .formatted(
                ARGON2.getVersion(),
                MEMORY_KIB,
                PASSES,
                LANES,
                drawn(SALT_BYTES),
                drawn(HASH_BYTES));
  }

  /** What is wrong with a password that somebody chose; null if nothing is. */
  public @Nullable Fault fault(String password, Email email) {
    int length = password.codePointCount(0, password.length());
    if (length < SHORTEST) {
      return Fault.SHORT;
    }
    if (length > LONGEST) {
      return Fault.LONG;
    }
    return common.holds(password) || CommonPasswords.isAlike(password, email) ? Fault.COMMON : null;
  }

  /**
   * Refuses a password that is not for a person.
   *
   * @throws IllegalArgumentException with a message for whoever chose it
   */
  public void checkShared(String password) {
    int length = password.codePointCount(0, password.length());
    if (length < SHORTEST_SHARED || length > LONGEST || common.holds(password)) {
      throw new IllegalArgumentException(
          "password: write from %d to %d characters that are not among those tried first"
              .formatted(SHORTEST_SHARED, LONGEST));
    }
  }

  /** What may be wrong with a password. */
  public enum Fault {
    SHORT(
        "Adgangskoden har færre end %d tegn; en sætning er let at huske.".formatted(SHORTEST),
        "The password has fewer than %d characters; a sentence is easy to keep."
            .formatted(SHORTEST)),
    LONG(
        "Adgangskoden har flere end %d tegn.".formatted(LONGEST),
        "The password has more than %d characters.".formatted(LONGEST)),
    COMMON(
        "Adgangskoden er blandt dem, der bliver prøvet først; vælg en, der er din egen.",
        "The password is among those that are tried first; choose one of your own.");

    private final String danish;
    private final String english;

    Fault(String danish, String english) {
      this.danish = danish;
      this.english = english;
    }

    /** What to tell the person. */
    public String words(Language language) {
      return language.of(danish, english);
    }
  }

  /** The hash of a password, with its parameters and salt. */
  public Future<String> hash(String password) {
    return executor.executeBlocking(() -> hashNow(password), /* ordered= */ false);
  }

  /**
   * Whether a password is the one that was hashed.
   *
   * @param hash null if there is none to compare with, which takes as long and is never right
   */
  Future<Boolean> isRight(String password, @Nullable String hash) {
    String compared = hash == null || password.length() > 4 * LONGEST ? nobodys : hash;
    String said = password.length() > 4 * LONGEST ? "" : password;
    return executor
        .executeBlocking(
            () ->
                Password.check(normalized(said), compared)
                    .with(Argon2Function.getInstanceFromHash(compared)),
            /* ordered= */ false)
        .map(same -> same && compared.equals(hash));
  }

  /** As a hash of a password is written. */
  String nobodys() {
    return nobodys;
  }

  private String drawn(int bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(draw(bytes));
  }

  private byte[] draw(int bytes) {
    byte[] drawn = new byte[bytes];
    random.nextBytes(drawn);
    return drawn;
  }

  private String hashNow(String password) {
    return Password.hash(normalized(password)).addSalt(draw(SALT_BYTES)).with(ARGON2).getResult();
  }

  /* Keyboards differ in how they put letters together (NIST SP 800-63B-4, 3.1.1.2). */
  private static String normalized(String password) {
    return Normalizer.normalize(password, Normalizer.Form.NFKC);
  }
}
