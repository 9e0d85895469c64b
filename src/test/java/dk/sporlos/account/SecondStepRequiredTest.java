package dk.sporlos.account;

import static dk.sporlos.account.Person.location;
import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.TestDatabase;
import dk.sporlos.testing.MovableClock;
import dk.sporlos.testing.RunningApplication;
import dk.sporlos.testing.TestPool;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where the installation asks everybody for a second step. */
class SecondStepRequiredTest {
  private static final SignInSettings REQUIRED =
      SignInSettings.byPassword(
          new Sessions.Rules(Duration.ofHours(24), Duration.ofDays(30), true));

  private final MovableClock clock = new MovableClock("2026-11-02T10:00:00Z");
  private TestPool database;
  private RunningApplication application;
  private Person anna;

  @BeforeEach
  void start() throws Exception {
    DatabaseUrl url = TestDatabase.create();
    database = TestPool.of(url);
    application = RunningApplication.on(url, REQUIRED, clock, new SecureRandom());
    anna = new Person(application, "anna@example.com").setUp();
  }

  @AfterEach
  void stop() {
    application.close();
    database.close();
  }

  @Test
  void whoHasNoneIsLedToSetOneUpAndNothingElseOpens() throws Exception {
    anna.signIn();

    assertThat(location(anna.get("/account"))).isEqualTo("/sign-in/second-step?next=%2Faccount");
    assertThat(location(anna.post("/account/password", Map.of("password", Person.PASSWORD))))
        .startsWith("/sign-in/second-step");
    assertThat(location(anna.get("/sign-in/code"))).isEqualTo("/sign-in");
    assertThat(anna.get("/sign-in/second-step").body()).contains("Set up a device");
    assertThat(sessions("complete and way <> 'password'")).isZero();
  }

  @Test
  void onceTheDeviceIsConfirmedEverythingOpensToANewSession() throws Exception {
    anna.signIn();
    String before = anna.session();

    Totp device = setUpDevice("/account?x=1");
    var confirmed =
        anna.post(
            "/sign-in/second-step/confirm",
            Map.of("code", Person.code(device, clock), "next", "/account?x=1"));

    assertThat(confirmed.statusCode()).isEqualTo(200);
    assertThat(anna.recoveryCodes()).hasSize(10);
    assertThat(confirmed.body()).contains("href=\"/account?x=1\"");
    assertThat(anna.get("/account").statusCode()).isEqualTo(200);
    anna.show(before);
    assertThat(location(anna.get("/account"))).startsWith("/sign-in?");
  }

  @Test
  void thePictureOfTheKeyIsForItsHolderAlone() throws Exception {
    anna.signIn();
    setUpDevice("/account");

    assertThat(anna.get("/account/device.svg").body()).contains("<svg");
    anna.forget();
    assertThat(location(anna.get("/account/device.svg"))).isEqualTo("/sign-in");
  }

  @Test
  void aWrongCodeSetsNothingUp() throws Exception {
    anna.signIn();
    setUpDevice("/account");

    var wrong = anna.post("/sign-in/second-step/confirm", Map.of("code", "000000"));

    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(location(anna.get("/account"))).startsWith("/sign-in/second-step");
  }

  @Test
  void itIsToBeSetUpWithinAQuarterOfAnHourOfThePassword() throws Exception {
    anna.signIn();
    Totp device = setUpDevice("/account");

    clock.move(Duration.ofMinutes(16));

    var late =
        anna.post("/sign-in/second-step/confirm", Map.of("code", Person.code(device, clock)));
    assertThat(location(late)).startsWith("/sign-in?");
    assertThat(location(anna.get("/sign-in/second-step"))).startsWith("/sign-in?");
  }

  @Test
  void whoHasOneIsAskedForItAndNothingMore() throws Exception {
    Totp device = signInAndSetUpDevice();
    anna.forget();
    clock.move(Duration.ofSeconds(30));

    assertThat(location(anna.signIn())).startsWith("/sign-in/code");
    assertThat(location(anna.get("/sign-in/second-step"))).startsWith("/sign-in/code");
    anna.post("/sign-in/code", Map.of("code", Person.code(device, clock)));

    assertThat(anna.get("/account").statusCode()).isEqualTo(200);
  }

  @Test
  void whoTakesTheirDeviceAwaySetsUpTheNextBeforeAnythingElse() throws Exception {
    signInAndSetUpDevice();
    anna.get("/account");

    anna.post("/account/device/remove", Map.of("password", Person.PASSWORD));

    assertThat(location(anna.get("/account"))).startsWith("/sign-in/second-step");
  }

  @Test
  void aSessionOfBeforeItWasAskedForOpensNothingMore() throws Exception {
    signInAndSetUpDevice();
    run("update session set way = 'password'");
    assertThat(location(anna.get("/account"))).startsWith("/sign-in/code");

    run("update account set totp_step = null");
    assertThat(location(anna.get("/account"))).startsWith("/sign-in/second-step");
  }

  @Test
  void theFormsBelongToTheSession() throws Exception {
    anna.signIn();
    anna.get("/sign-in/second-step");

    assertThat(anna.post("/sign-in/second-step/prepare", Map.of("token", "x")).statusCode())
        .isEqualTo(403);
  }

  private Totp setUpDevice(String next) throws Exception {
    anna.get("/sign-in/second-step");
    var led = anna.post("/sign-in/second-step/prepare", Map.of("next", next));
    anna.get(location(led));
    return anna.device();
  }

  private Totp signInAndSetUpDevice() throws Exception {
    anna.signIn();
    Totp device = setUpDevice("/account");
    anna.post("/sign-in/second-step/confirm", Map.of("code", Person.code(device, clock)));
    return device;
  }

  private long sessions(String where) {
    return database
        .pool()
        .query("select count(*) from session where " + where)
        .execute()
        .await()
        .iterator()
        .next()
        .getLong(0);
  }

  private void run(String sql) {
    database.pool().query(sql).execute().await();
  }
}
