package dk.sporlos.mail;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The server that mails are handed to, and who they are from.
 *
 * @param tls whether TLS is spoken from the first byte; else it is begun by STARTTLS
 * @param username null if the server asks for none
 */
public record MailSettings(
    String host,
    int port,
    boolean tls,
    @Nullable String username,
    @Nullable String password,
    String from) {
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final int SUBMISSIONS = 465;
  private static final int SUBMISSION = 587;

  /**
   * Reads an address of the form {@code smtps://user:password@host:465}, or {@code smtp://…}.
   *
   * @param from address that mails are from
   * @throws IllegalArgumentException with a message for whoever wrote it
   */
  public static MailSettings of(URI url, String from) {
    String[] login = url.getRawUserInfo() == null ? null : url.getRawUserInfo().split(":", 2);
    boolean tls = url.getScheme().equals("smtps");
    int usual = tls ? SUBMISSIONS : SUBMISSION;
    return new MailSettings(
        url.getHost(),
        url.getPort() == -1 ? usual : url.getPort(),
        tls,
        login == null ? null : decoded(login[0]),
        login == null || login.length < 2 ? null : decoded(login[1]),
        from);
  }

  /**
   * Reads the address of a server.
   *
   * @throws IllegalArgumentException with a message for whoever wrote it, which does not repeat it:
   *     there may be a password in it
   */
  public static URI parse(String text) {
    try {
      URI url = new URI(text.strip());
      if (url.getHost() != null
          && Set.of("smtp", "smtps").contains(String.valueOf(url.getScheme()))
          && url.getPath().isEmpty()
          && url.getQuery() == null
          && url.getFragment() == null) {
        return url;
      }
    } catch (URISyntaxException fault) {
      // said below, as for any other text that is none
    }
    throw new IllegalArgumentException(
        "this is no mail server; write it as smtps://user:password@mail.example.com, with"
            + " percent-encoding where a name or password has other signs than letters and digits");
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** Whether the server is on this machine, so that nobody listens on the way. */
  boolean isHere() {
    return THIS_MACHINE.contains(host);
  }

  @Override
  public String toString() {
    return "MailSettings[" + host + ":" + port + "]";
  }
}
