package dk.sporlos.account;

import static dk.sporlos.account.Person.location;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.TestDatabase;
import dk.sporlos.mail.MailSettings;
import dk.sporlos.page.Language;
import dk.sporlos.testing.MovableClock;
import dk.sporlos.testing.RunningApplication;
import dk.sporlos.testing.TestPool;
import java.net.URI;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A new password by mail, over HTTP, a database and a mail server. */
class ForgottenPasswordTest {
  private static final String ANNA = "anna@example.com";
  private static final String OTHER = "to heste spiser ikke noget";
  private static final Pattern LINK = Pattern.compile("https://stats\\.example\\.com(/link/\\S+)");
  private static final int WAIT_MILLIS = 10_000;

  private final MovableClock clock = new MovableClock("2026-11-02T10:00:00Z");
  private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
  private TestPool database;
  private RunningApplication application;
  private Person anna;

  @BeforeEach
  void start() throws Exception {
    server.start();
    server.setUser("sporlos", "p:ss w%rd");
    DatabaseUrl url = TestDatabase.create();
    database = TestPool.of(url);
    URI smtp = URI.create("smtp://sporlos:p%3Ass%20w%25rd@127.0.0.1:" + server.getSmtp().getPort());
    application =
        RunningApplication.on(
            url,
            new SignInSettings(
                new Sessions.Rules(Duration.ofHours(24), Duration.ofDays(30), false),
                /* passwords= */ true,
                URI.create("https://stats.example.com"),
                /* provider= */ null,
                MailSettings.of(smtp, "stats@example.com")),
            clock,
            new SecureRandom());
    anna = new Person(application, ANNA).setUp();
  }

  @AfterEach
  void stop() {
    application.close();
    database.close();
    server.stop();
  }

  @Test
  void aLinkComesThatGivesANewPasswordOnceAndEndsAllSessions() throws Exception {
    anna.signIn();
    Person forgetful = new Person(application, ANNA);
    assertThat(forgetful.get("/sign-in").body()).contains("/sign-in/forgotten");

    HttpResponse<String> asked = ask(forgetful, " Anna@Example.com ");

    assertThat(asked.statusCode()).isEqualTo(200);
    assertThat(server.waitForIncomingEmail(WAIT_MILLIS, 1)).isTrue();
    assertThat(server.getReceivedMessages()[0].getAllRecipients()[0]).hasToString(ANNA);
    assertThat(server.getReceivedMessages()[0].getFrom()[0]).hasToString("stats@example.com");
    String link = link(0);
    assertThat(asked.body()).doesNotContain(link);
    assertThat(forgetful.post(link, Map.of("password", OTHER)).statusCode()).isEqualTo(303);
    assertThat(location(anna.get("/account"))).startsWith("/sign-in");
    assertThat(forgetful.post(link, Map.of("password", OTHER)).statusCode()).isEqualTo(404);
    assertThat(anna.signIn().statusCode()).isEqualTo(401);
  }

  @Test
  void itHoldsForHalfAnHour() throws Exception {
    ask(anna, ANNA);
    assertThat(server.waitForIncomingEmail(WAIT_MILLIS, 1)).isTrue();
    String link = link(0);

    clock.move(Duration.ofMinutes(29));
    assertThat(anna.get(link).statusCode()).isEqualTo(200);
    clock.move(Duration.ofMinutes(2));
    assertThat(anna.get(link).statusCode()).isEqualTo(404);
  }

  @Test
  void anAddressWithoutAnAccountIsAnsweredAlikeAndNotWrittenTo() throws Exception {
    HttpResponse<String> unknown = ask(anna, "eve@example.com");
    HttpResponse<String> known = ask(anna, ANNA);

    assertThat(unknown.body()).isEqualTo(known.body());
    assertThat(unknown.statusCode()).isEqualTo(known.statusCode());
    assertThat(server.waitForIncomingEmail(WAIT_MILLIS, 1)).isTrue();
    assertThat(server.getReceivedMessages()).hasSize(1);
  }

  @Test
  void whoHasNoPasswordIsNotSentOne() throws Exception {
    new Accounts(database.pool(), clock)
        .add(new Accounts.New(Email.parse("eve@example.com"), "Eve", false, Language.EN, null))
        .await();

    ask(anna, "eve@example.com");
    ask(anna, ANNA);

    assertThat(server.waitForIncomingEmail(WAIT_MILLIS, 1)).isTrue();
    assertThat(server.waitForIncomingEmail(500, 2)).isFalse();
    assertThat(server.getReceivedMessages()[0].getAllRecipients()[0]).hasToString(ANNA);
  }

  @Test
  void nobodyIsFloodedWithMails() throws Exception {
    for (int i = 0; i < 10; i++) {
      assertThat(ask(anna, ANNA).statusCode()).isEqualTo(200);
    }
    clock.move(Duration.ofSeconds(61));
    ask(anna, ANNA);
    ask(anna, ANNA);

    assertThat(server.waitForIncomingEmail(WAIT_MILLIS, 2)).isTrue();
    assertThat(server.waitForIncomingEmail(500, 3)).isFalse();
  }

  @Test
  void aNetworkThatAsksForManyHasToWait() throws Exception {
    for (int i = 0; i < 30; i++) {
      ask(anna, "a" + i + "@example.com");
    }

    assertThat(ask(anna, ANNA).statusCode()).isEqualTo(429);
    assertThat(server.waitForIncomingEmail(500, 1)).isFalse();
  }

  @Test
  void aServerThatIsAwayIsNotTheBusinessOfWhoAsks() throws Exception {
    HttpResponse<String> before = ask(anna, ANNA);
    server.stop();
    clock.move(Duration.ofMinutes(2));

    assertThat(ask(anna, ANNA).body()).isEqualTo(before.body());
  }

  @Test
  void whatIsNoAddressIsSaidToBeNone() throws Exception {
    for (String written : new String[] {"anna", "a@b\r\nBcc: eve@example.com", "<a@b>", ""}) {
      assertThat(ask(anna, written).statusCode()).isEqualTo(400);
    }
  }

  private static HttpResponse<String> ask(Person person, String email) throws Exception {
    return person.post("/sign-in/forgotten", Map.of("email", email));
  }

  private String link(int mail) {
    Matcher link =
        LINK.matcher(
            GreenMailUtil.getBody(server.getReceivedMessages()[mail]).replace("=\r\n", ""));
    assertThat(link.find()).isTrue();
    return link.group(1);
  }
}
