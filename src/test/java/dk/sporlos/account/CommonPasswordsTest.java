package dk.sporlos.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommonPasswordsTest {
  private static final CommonPasswords COMMON = CommonPasswords.shipped();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unbelievable",
        "Unbelievable",
        "password1234",
        "Password2026!",
        "dragon123456",
        "passwordpassword",
        "abcabcabcabc",
        "aaaaaaaaaaaaa",
        "121212121212",
        "123456789012345"
      })
  void knowsWhatIsTriedFirst(String password) {
    assertThat(COMMON.holds(password)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "en hest spiser gulerødder",
        "correct horse battery staple 9",
        "vW8q-11kd-Ple2",
        "Der bor en bager i Nørregade"
      })
  void takesWhatIsOnesOwn(String password) {
    assertThat(COMMON.holds(password)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"anna.larsen@example.com", "Anna.Larsen2026", "sporlos-secret", "Sporløs12345"})
  void takesNeitherTheAddressNorTheNameOfTheProgram(String password) {
    assertThat(CommonPasswords.isAlike(password, Email.parse("anna.larsen@example.com"))).isTrue();
  }
}
