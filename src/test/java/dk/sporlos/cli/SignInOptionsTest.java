package dk.sporlos.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.sporlos.account.ProviderSettings;
import dk.sporlos.account.SignInSettings;
import dk.sporlos.settings.Settings;
import dk.sporlos.settings.SettingsReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of the settings of how people sign in. */
class SignInOptionsTest {
  private static final Map<String, String> PROVIDER =
      Map.of(
          "public-url", "https://stats.example.com",
          "oidc-issuer", "https://login.example.com/realms/x",
          "oidc-client-id", "sporlos");

  @TempDir private Path directory;

  @Test
  void whereNothingIsSaidPeopleSignInByPassword() {
    SignInSettings settings = read(Map.of());

    assertThat(settings.passwords()).isTrue();
    assertThat(settings.provider()).isNull();
    assertThat(settings.sessions().secondStep()).isFalse();
  }

  @Test
  void aProviderIsCalledByItsHostUnlessItHasAName() {
    assertThat(provider(Map.of()).name()).isEqualTo("login.example.com");
    assertThat(provider(Map.of("oidc-name", "Kontoret")).name()).isEqualTo("Kontoret");
  }

  @Test
  void theSecretMayBeInAFile() throws Exception {
    Path file = Files.writeString(directory.resolve("secret"), "s3cret\n");

    ProviderSettings provider = provider(Map.of("oidc-client-secret-file", file.toString()));

    assertThat(provider.clientSecret()).isEqualTo("s3cret");
    assertThat(provider.toString()).doesNotContain("s3cret");
  }

  @ParameterizedTest
  @CsvSource({"public-url, --public-url", "oidc-client-id, --oidc-client-id"})
  void whatAProviderNeedsIsAskedFor(String missing, String said) {
    Map<String, String> flags = new HashMap<>(PROVIDER);
    flags.remove(missing);

    assertThatThrownBy(() -> read(flags))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(said);
  }

  @Test
  void oneWayToSignInIsLeft() {
    assertThatThrownBy(() -> read(Map.of("passwords", "no")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("--oidc-issuer");
    assertThat(provider(Map.of("passwords", "no")).clientId()).isEqualTo("sporlos");
  }

  @Test
  void theSecretIsSaidOnce() throws Exception {
    Path file = Files.writeString(directory.resolve("secret"), "s3cret");

    assertThatThrownBy(
            () ->
                provider(
                    Map.of("oidc-client-secret", "x", "oidc-client-secret-file", file.toString())))
        .isInstanceOf(UserException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "oidc-issuer=http://login.example.com",
        "oidc-issuer=login.example.com",
        "oidc-issuer=https://user@login.example.com",
        "oidc-issuer=https://login.example.com?x=y",
        "oidc-roles=it",
        "oidc-roles=it=emperor",
        "oidc-roles=it=admin@example.com",
        "oidc-roles=it=viewer@no domain",
        "oidc-scopes=email",
        "oidc-emails=some",
        "oidc-client-secret-file=/nowhere/at/all",
        "require-totp=maybe"
      })
  void whatIsUnfitIsSaid(String flag) {
    int equals = flag.indexOf('=');
    SettingsReader reader = new SettingsReader(all());

    Settings settings =
        reader.read(Map.of(flag.substring(0, equals), flag.substring(equals + 1)), Map.of(), null);

    assertThat(settings).isNull();
    assertThat(reader.faults())
        .singleElement()
        .asString()
        .startsWith("--" + flag.substring(0, equals));
  }

  private static ProviderSettings provider(Map<String, String> more) {
    Map<String, String> flags = new HashMap<>(PROVIDER);
    flags.putAll(more);
    return Objects.requireNonNull(read(flags).provider());
  }

  private static SignInSettings read(Map<String, String> flags) {
    Settings settings = new SettingsReader(all()).read(flags, Map.of(), null);
    return SignInOptions.of(Objects.requireNonNull(settings));
  }

  private static List<dk.sporlos.settings.Setting<?>> all() {
    return Stream.concat(Options.OF_DATA.stream(), Options.OF_SERVING.stream()).toList();
  }
}
