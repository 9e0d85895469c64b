package dk.sporlos.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.StartTLSOptions;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How mails are handed to a server. */
class MailerTest {
  private static final String FROM = "stats@example.com";

  @Test
  void mailsGoByTlsOrNotAtAll() {
    MailConfig submission = config("smtp://mail.example.com");
    MailConfig submissions = config("smtps://mail.example.com");

    assertThat(submission.getStarttls()).isEqualTo(StartTLSOptions.REQUIRED);
    assertThat(submission.getPort()).isEqualTo(587);
    assertThat(submissions.isSsl()).isTrue();
    assertThat(submissions.getPort()).isEqualTo(465);
    assertThat(submissions.isTrustAll()).isFalse();
  }

  @Test
  void whoIsToSignInDoesSoOrSendsNothing() {
    MailConfig config = config("smtps://anna%40example.com:a+b%3Ac@mail.example.com:2465");

    assertThat(config.getLogin()).isEqualTo(LoginOption.REQUIRED);
    assertThat(config.getUsername()).isEqualTo("anna@example.com");
    assertThat(config.getPassword()).isEqualTo("a+b:c");
    assertThat(config("smtp://localhost").getLogin()).isEqualTo(LoginOption.DISABLED);
  }

  @Test
  void aServerWhoseCertificateNobodyVouchesForGetsNothing() {
    GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtps"));
    server.start();
    Vertx vertx = Vertx.vertx();
    try {
      URI url = URI.create("smtps://127.0.0.1:" + server.getSmtps().getPort());
      Mailer mailer = new Mailer(vertx, MailSettings.of(url, FROM));

      assertThatThrownBy(() -> mailer.send("anna@example.com", "x", "y").await())
          .hasStackTraceContaining("certif");
      assertThat(server.getReceivedMessages()).isEmpty();
    } finally {
      vertx.close().await();
      server.stop();
    }
  }

  @Test
  void itsPasswordIsNotSaid() {
    assertThat(MailSettings.of(URI.create("smtps://a:geheim@host"), FROM).toString())
        .doesNotContain("geheim");
    assertThatThrownBy(() -> MailSettings.parse("smtps://a:geh eim@host"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("geh")
        .hasMessageContaining("smtps://");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mail.example.com",
        "https://mail.example.com",
        "smtp://",
        "smtp://a/b",
        "smtp://a?x"
      })
  void whatIsNoServerIsRefused(String text) {
    assertThatThrownBy(() -> MailSettings.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  private static MailConfig config(String url) {
    return Mailer.config(MailSettings.of(MailSettings.parse(url), FROM));
  }
}
