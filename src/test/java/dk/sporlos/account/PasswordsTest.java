package dk.sporlos.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.password4j.Argon2Function;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PasswordsTest {
  private static final Vertx VERTX = Vertx.vertx();

  private final Passwords passwords = new Passwords(VERTX, new SecureRandom());

  @AfterAll
  static void close() {
    VERTX.close().await();
  }

  @Test
  void thatWereHashedAreRightHoweverTheyAreTyped() {
    String hash = passwords.hash("en hest spiser fisk").await();

    assertThat(passwords.isRight("en hest spiser fisk", hash).await()).isTrue();
    assertThat(passwords.isRight("en hest spiser ﬁsk", hash).await()).isTrue();
    assertThat(passwords.isRight("en hest spiser frisk", hash).await()).isFalse();
  }

  @Test
  void areNeverRightWhereThereIsNone() {
    assertThat(passwords.isRight("", null).await()).isFalse();
    assertThat(passwords.isRight(passwords.nobodys(), passwords.nobodys()).await()).isFalse();
  }

  @Test
  void takeAsLongToBeComparedWhereThereIsNone() {
    String hash = passwords.hash("en hest spiser gulerødder").await();
    String nobodys = passwords.nobodys();

    assertThat(Argon2Function.getInstanceFromHash(nobodys))
        .isEqualTo(Argon2Function.getInstanceFromHash(hash));
    assertThat(nobodys).hasSameSizeAs(hash).isNotEqualTo(hash);
    assertThat(new Passwords(VERTX, new SecureRandom()).nobodys()).isNotEqualTo(nobodys);
  }
}
