package dk.sporlos.mail;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.StartTLSOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Hands mails to a server. Nothing is kept: a mail that the server does not take is not sent. */
public final class Mailer {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int AT_ONCE = 4;

  private final MailClient client;
  private final String from;

  public Mailer(Vertx vertx, MailSettings settings) {
    this.client = MailClient.create(vertx, config(settings));
    this.from = settings.from();
  }

  /* A link in a mail opens an account: it goes by TLS, unless the server is on this machine. */
  static MailConfig config(MailSettings settings) {
    MailConfig config =
        new MailConfig()
            .setHostname(settings.host())
            .setPort(settings.port())
            .setSsl(settings.tls())
            .setStarttls(
                settings.tls() || settings.isHere()
                    ? StartTLSOptions.OPTIONAL
                    : StartTLSOptions.REQUIRED)
            .setOwnHostname(domain(settings.from()))
            .setUserAgent("sporlos")
            .setKeepAlive(false)
            .setMaxPoolSize(AT_ONCE)
            .setConnectTimeout((int) PATIENCE.toMillis())
            .setIdleTimeout((int) PATIENCE.toSeconds());
    return settings.username() == null
        ? config.setLogin(LoginOption.DISABLED)
        : config
            .setLogin(LoginOption.REQUIRED)
            .setUsername(settings.username())
            .setPassword(settings.password());
  }

  private static String domain(String address) {
    return address.substring(address.lastIndexOf('@') + 1).replace(">", "");
  }

  /** Hands a mail over; succeeds once the server has taken it. */
  public Future<Void> send(String to, String subject, String text) {
    return client
        .sendMail(new MailMessage().setFrom(from).setTo(to).setSubject(subject).setText(text))
        .timeout(2 * PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .mapEmpty();
  }

  /** Ends what is under way. */
  public Future<Void> close() {
    return client.close();
  }
}
