package dk.sporlos.cli;

import dk.sporlos.account.Email;
import dk.sporlos.account.GroupRoles;
import dk.sporlos.account.ProviderSettings;
import dk.sporlos.account.Sessions;
import dk.sporlos.account.SignInSettings;
import dk.sporlos.mail.MailSettings;
import dk.sporlos.settings.Setting;
import dk.sporlos.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The settings of how people sign in. */
final class SignInOptions {
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  static final Setting<Integer> SESSION_IDLE =
      new Setting<>(
          "session-idle",
          "24",
          text -> Options.number(text, 1),
          "hours after which who did nothing has to sign in again",
          "HOURS");

  static final Setting<Integer> SESSION_LIFE =
      new Setting<>(
          "session-life",
          "30",
          text -> Options.number(text, 1),
          "days after which everybody has to sign in again",
          "DAYS");

  static final Setting<Boolean> REQUIRE_TOTP =
      new Setting<>(
          "require-totp",
          "no",
          SignInOptions::yesOrNo,
          "whether a password alone lets nobody in: who has no second step has to set one up first",
          "yes|no");

  static final Setting<Boolean> PASSWORDS =
      new Setting<>(
          "passwords",
          "yes",
          SignInOptions::yesOrNo,
          "whether people sign in by password; no leaves --oidc-issuer as the way",
          "yes|no");

  static final Setting<URI> OIDC_ISSUER =
      new Setting<>(
          "oidc-issuer",
          null,
          SignInOptions::issuer,
          "provider of OpenID Connect by which people sign in; needs --public-url",
          "https://HOST");

  static final Setting<String> OIDC_CLIENT_ID =
      new Setting<>(
          "oidc-client-id", null, SignInOptions::line, "by which it knows this server", "ID");

  static final Setting<String> OIDC_CLIENT_SECRET =
      new Setting<>(
          "oidc-client-secret",
          null,
          SignInOptions::line,
          "shared with it; better in a file or in the environment than as a flag",
          "SECRET");

  static final Setting<String> OIDC_CLIENT_SECRET_FILE =
      new Setting<>(
          "oidc-client-secret-file",
          null,
          SignInOptions::firstLine,
          "file whose first line is that secret",
          "FILE");

  static final Setting<String> OIDC_NAME =
      new Setting<>(
          "oidc-name",
          null,
          SignInOptions::line,
          "what people call the provider; its host if nothing is said",
          "NAME");

  static final Setting<String> OIDC_SCOPES =
      new Setting<>(
          "oidc-scopes",
          "openid email profile",
          SignInOptions::scopes,
          "what it is asked for, openid among it",
          "SCOPES");

  static final Setting<String> OIDC_GROUPS_CLAIM =
      new Setting<>(
          "oidc-groups-claim",
          "groups",
          SignInOptions::line,
          "the claim that names a person's groups",
          "CLAIM");

  static final Setting<GroupRoles> OIDC_ROLES =
      new Setting<>(
          "oidc-roles",
          "",
          GroupRoles::parse,
          "what groups give, as in it=admin; marketing=viewer; agency=editor@example.com",
          "GROUP=ROLE[@SITE];…");

  static final Setting<Boolean> OIDC_EMAILS =
      new Setting<>(
          "oidc-emails",
          "verified",
          SignInOptions::trusted,
          "which e-mail addresses are a person's: those that the provider says it has verified, or all (trusted)",
          "verified|trusted");

  static final Setting<URI> SMTP_URL =
      new Setting<>(
          "smtp-url",
          null,
          MailSettings::parse,
          "server that mails to people with an account are handed to; needs --public-url",
          "smtps://USER:PASSWORD@HOST");

  static final Setting<String> MAIL_FROM =
      new Setting<>(
          "mail-from",
          null,
          text -> Email.parse(text).text(),
          "address that mails are from",
          "EMAIL");

  /** Every one of them. */
  static final List<Setting<?>> ALL =
      List.of(
          SESSION_IDLE,
          SESSION_LIFE,
          REQUIRE_TOTP,
          PASSWORDS,
          OIDC_ISSUER,
          OIDC_CLIENT_ID,
          OIDC_CLIENT_SECRET,
          OIDC_CLIENT_SECRET_FILE,
          OIDC_NAME,
          OIDC_SCOPES,
          OIDC_GROUPS_CLAIM,
          OIDC_ROLES,
          OIDC_EMAILS,
          SMTP_URL,
          MAIL_FROM);

  private static final int LONGEST = 1_000;

  private SignInOptions() {}

  /**
   * What they say.
   *
   * @throws UserException if they do not go together
   */
  static SignInSettings of(Settings settings) {
    ProviderSettings provider = provider(settings);
    if (provider == null && !settings.get(PASSWORDS)) {
      throw new UserException(
          "--passwords no: nobody could sign in; name an --oidc-issuer as well");
    }
    return new SignInSettings(
        new Sessions.Rules(
            Duration.ofHours(settings.get(SESSION_IDLE)),
            Duration.ofDays(settings.get(SESSION_LIFE)),
            settings.get(REQUIRE_TOTP)),
        settings.get(PASSWORDS),
        settings.find(Options.PUBLIC_URL),
        provider,
        mail(settings));
  }

  /**
   * Where mails are handed over; null for nowhere.
   *
   * @throws UserException if something is missing for that
   */
  static @Nullable MailSettings mail(Settings settings) {
    URI url = settings.find(SMTP_URL);
    if (url == null) {
      return null;
    }
    String from = settings.find(MAIL_FROM);
    if (from == null) {
      throw new UserException(
          "--smtp-url: mails are from somebody; name the address by --mail-from");
    }
    if (settings.find(Options.PUBLIC_URL) == null) {
      throw new UserException(
          "--smtp-url: links in mails say where this server is; name it by --public-url");
    }
    return MailSettings.of(url, from);
  }

  private static @Nullable ProviderSettings provider(Settings settings) {
    URI issuer = settings.find(OIDC_ISSUER);
    if (issuer == null) {
      return null;
    }
    String clientId = settings.find(OIDC_CLIENT_ID);
    if (clientId == null) {
      throw new UserException(
          "--oidc-issuer: the provider knows this server by an id; name it by --oidc-client-id");
    }
    if (settings.find(Options.PUBLIC_URL) == null) {
      throw new UserException(
          "--oidc-issuer: the provider has to know where browsers find this server; name it by"
              + " --public-url");
    }
    String secret = settings.find(OIDC_CLIENT_SECRET);
    String inFile = settings.find(OIDC_CLIENT_SECRET_FILE);
    if (secret != null && inFile != null) {
      throw new UserException(
          "--oidc-client-secret and --oidc-client-secret-file: say one of the two");
    }
    return new ProviderSettings(
        issuer,
        clientId,
        secret == null ? inFile : secret,
        Objects.requireNonNullElse(settings.find(OIDC_NAME), issuer.getHost()),
        List.of(settings.get(OIDC_SCOPES).split(" ")),
        settings.get(OIDC_GROUPS_CLAIM),
        settings.get(OIDC_ROLES),
        settings.get(OIDC_EMAILS));
  }

  /* What is asked over plain HTTP may be answered by anybody on the way; on this machine there is no way. */
  private static URI issuer(String text) {
    try {
      URI url = new URI(text.strip());
      String host = url.getHost();
      if (host != null
          && url.getUserInfo() == null
          && url.getQuery() == null
          && url.getFragment() == null
          && ("https".equals(url.getScheme())
              || ("http".equals(url.getScheme()) && THIS_MACHINE.contains(host)))) {
        return url;
      }
    } catch (URISyntaxException fault) {
      // said below, as for any other text that is none
    }
    throw new IllegalArgumentException(
        "'" + text + "' is no issuer; write it as https://login.example.com");
  }

  private static String line(String text) {
    String line = text.strip();
    if (line.isEmpty()
        || line.length() > LONGEST
        || line.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("write one line of 1 to " + LONGEST + " characters");
    }
    return line;
  }

  private static String firstLine(String file) {
    try (Stream<String> lines = Files.lines(Path.of(file.strip()))) {
      return line(lines.findFirst().orElse(""));
    } catch (IOException | UncheckedIOException | InvalidPathException fault) {
      throw new IllegalArgumentException(
          "'" + file + "' cannot be read; name a file of text that this process may read", fault);
    }
  }

  private static String scopes(String text) {
    String scopes = line(text).replaceAll(" +", " ");
    if (!List.of(scopes.split(" ")).contains("openid")) {
      throw new IllegalArgumentException(
          "'" + text + "' lacks openid, without which nobody is signed in");
    }
    return scopes;
  }

  private static Boolean trusted(String text) {
    return switch (text.strip()) {
      case "verified" -> false;
      case "trusted" -> true;
      default ->
          throw new IllegalArgumentException("'" + text + "' is neither verified nor trusted");
    };
  }

  private static Boolean yesOrNo(String text) {
    return switch (text.strip()) {
      case "yes" -> true;
      case "no" -> false;
      default -> throw new IllegalArgumentException("'" + text + "' is neither yes nor no");
    };
  }
}
