package dk.sporlos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.account.Accounts;
import dk.sporlos.account.Email;
import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.TestDatabase;
import dk.sporlos.page.Language;
import dk.sporlos.testing.TestPool;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code sporlos user}, on a database. */
class UserCommandsTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private DatabaseUrl url;
  private TestPool database;

  @BeforeEach
  void create() {
    url = TestDatabase.create();
    database = TestPool.of(url);
    assertThat(run("site", "add", "example.com")).isEqualTo(Cli.OK);
    take(out);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void whoIsInvitedGetsALinkThatNamesTheServer() {
    assertThat(
            run(
                "user",
                "add",
                "Anna@Example.com",
                "--site",
                "example.com",
                "--role",
                "editor",
                "--public-url",
                "https://stats.example.com/"))
        .isEqualTo(Cli.OK);

    assertThat(take(out)).matches("https://stats\\.example\\.com/link/[\\w-]{43}\\R");
    assertThat(take(err)).isEmpty();
    assertThat(texts("select email || ' ' || role || ' ' || site_id from account_link"))
        .isEqualTo("anna@example.com editor 1");
  }

  @Test
  void withoutTheServersAddressItIsSaidHowToNameIt() {
    assertThat(run("user", "add", "anna@example.com", "--admin")).isEqualTo(Cli.OK);

    assertThat(take(out)).startsWith("https://HOST/link/");
    assertThat(take(err)).contains("--public-url");
  }

  @Test
  void whatIsWrongIsNamedAndNothingIsDone() {
    assertThat(run("user", "add", "nobody", "--admin")).isEqualTo(Cli.MENDABLE);
    assertThat(take(err)).contains("that is no e-mail address");
    assertThat(run("user", "add", "a@example.com")).isEqualTo(Cli.MENDABLE);
    assertThat(take(err)).contains("say either --admin, or --site with --role");
    assertThat(run("user", "add", "a@example.com", "--site", "example.com", "--role", "boss"))
        .isEqualTo(Cli.MENDABLE);
    assertThat(take(err)).contains("'boss' is no role; write viewer, editor or owner");
    assertThat(run("user", "add", "a@example.com", "--site", "nowhere.example"))
        .isEqualTo(Cli.MENDABLE);
    assertThat(run("user", "reset", "a@example.com")).isEqualTo(Cli.MENDABLE);
    assertThat(take(err)).contains("a@example.com has no account; see `sporlos user list`");

    assertThat(texts("select count(*)::text from account_link")).isEqualTo("0");
  }

  @Test
  void aRoleIsGivenChangedAndTakenBack() {
    account("anna@example.com");

    assertThat(run("user", "role", "anna@example.com", "--site", "example.com", "--role", "viewer"))
        .isEqualTo(Cli.OK);
    assertThat(run("user", "role", "anna@example.com", "--site", "example.com", "--role", "owner"))
        .isEqualTo(Cli.OK);
    assertThat(texts("select role from membership")).isEqualTo("owner");

    assertThat(run("user", "role", "anna@example.com", "--site", "example.com", "--role", "none"))
        .isEqualTo(Cli.OK);
    assertThat(texts("select count(*)::text from membership")).isEqualTo("0");
  }

  @Test
  void accountsAreListedAndRemoved() {
    account("anna@example.com");

    assertThat(run("user", "add", "anna@example.com", "--admin")).isEqualTo(Cli.MENDABLE);
    assertThat(take(err)).contains("has an account already");
    assertThat(run("user", "list")).isEqualTo(Cli.OK);
    assertThat(take(out)).contains("anna@example.com  Anna");
    assertThat(run("user", "remove", "anna@example.com")).isEqualTo(Cli.OK);
    assertThat(run("user", "list")).isEqualTo(Cli.OK);
    assertThat(take(out)).isEmpty();
  }

  @Test
  void aResetReplacesTheLinkBeforeAndForgetsALostDevice() {
    account("anna@example.com");
    database.pool().query("update account set totp_secret = 'x', totp_step = 1").execute().await();
    database
        .pool()
        .query(
            """
            insert into passkey
              (account_id, credential_id, public_key, counter, model, name, created_on)
            select id, 'a', 'b', 0, gen_random_uuid(), 'c', current_date from account
            """)
        .execute()
        .await();

    assertThat(run("user", "reset", "anna@example.com")).isEqualTo(Cli.OK);
    assertThat(texts("select count(totp_step)::text from account")).isEqualTo("1");
    assertThat(texts("select count(*)::text from passkey")).isEqualTo("1");
    assertThat(run("user", "reset", "anna@example.com", "--device-lost")).isEqualTo(Cli.OK);

    assertThat(texts("select count(totp_step)::text from account")).isEqualTo("0");
    assertThat(texts("select count(*)::text from passkey")).isEqualTo("0");
    assertThat(texts("select count(*)::text from account_link")).isEqualTo("1");
  }

  private void account(String email) {
    new Accounts(database.pool(), Clock.systemUTC())
        .add(new Accounts.New(Email.parse(email), "Anna", false, Language.EN, null))
        .await();
  }

  private String texts(String sql) {
    return database.pool().query(sql).execute().await().iterator().next().getString(0);
  }

  private int run(String... command) {
    return new Cli(stream(out), stream(err), Map.of("SPORLOS_DATABASE", url.uri())).run(command);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String take(ByteArrayOutputStream bytes) {
    String text = bytes.toString(StandardCharsets.UTF_8);
    bytes.reset();
    return text;
  }
}
