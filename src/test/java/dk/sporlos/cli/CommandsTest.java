package dk.sporlos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.TestDatabase;
import dk.sporlos.http.ScriptRoutes;
import dk.sporlos.testing.TestPool;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands that work on a database, on one. */
class CommandsTest {
  private static final String UUID = "b59e9c65-ae32-47f1-8400-119fcf4861c4";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private String database;

  @BeforeEach
  void create() {
    database = TestDatabase.create().uri();
  }

  @Test
  void aSiteIsAddedOnceAndListedAndItsFiguresAreAskedFor() {
    assertThat(run("site", "list")).isEqualTo(Cli.OK);
    assertThat(take(err)).contains("No site is registered yet");

    assertThat(run("site", "add", "WWW.Example.com", "--timezone", "Europe/Copenhagen"))
        .isEqualTo(Cli.OK);
    assertThat(take(out))
        .contains("example.com is registered; its days are those of Europe/Copenhagen")
        .contains("data-site=\"example.com\"");

    assertThat(run("site", "add", "example.com")).isEqualTo(Cli.MENDABLE);
    assertThat(take(err)).contains("example.com is registered already; see `sporlos site list`");

    assertThat(run("site", "list")).isEqualTo(Cli.OK);
    assertThat(take(out)).isEqualTo("example.com\tEurope/Copenhagen\tdk" + System.lineSeparator());

    assertThat(run("stats", "example.com")).isEqualTo(Cli.OK);
    assertThat(take(out)).contains("example.com");

    assertThat(run("token", "create", "--site", "example.com", "--scope", "stats"))
        .isEqualTo(Cli.OK);
    assertThat(take(out)).matches("sporlos_[\\w-]{43}\\R");
    assertThat(take(err)).isEmpty();
  }

  @Test
  void aSiteThatNobodyAddedIsNamedWithTheCommandThatAddsIt() {
    assertThat(run("stats", "nowhere.example")).isEqualTo(Cli.MENDABLE);
    assertThat(run("token", "create", "--site", "nowhere.example", "--scope", "stats"))
        .isEqualTo(Cli.MENDABLE);

    assertThat(take(err).lines())
        .hasSize(2)
        .containsOnly(
            "sporlos: nowhere.example is not registered; add it: sporlos site add nowhere.example");
    assertThat(take(out)).isEmpty();
  }

  @Test
  void tablesStayWhereTheyAreOnOneServer() {
    assertThat(run("database", "distribute")).isEqualTo(Cli.MENDABLE);
    assertThat(take(err)).contains("has no extension citus").contains("tables stay on one server");

    try (TestPool pool = TestPool.of(DatabaseUrl.parse(database))) {
      pool.pool()
          .query(
              "insert into node (id, name, started_at, seen_at)"
                  + " values (gen_random_uuid(), 'a', now(), now())")
          .execute()
          .await();
    }
    assertThat(run("database", "distribute")).isEqualTo(Cli.MENDABLE);
    assertThat(take(err)).contains("1 of the processes").contains("is still running: stop them");
  }

  @Test
  void whatIsSaidAboutASiteIsShownUntilItIsTakenBack() {
    run("site", "add", "set.example");
    take(out);

    assertThat(run("site", "set", "set.example", "hosts", "Shop.example.org,*.example.net"))
        .isEqualTo(Cli.OK);
    assertThat(take(err)).isEmpty();
    run("site", "show", "set.example");
    assertThat(take(out).lines())
        .startsWith("set.example, UTC, profile dk", "", "hosts = Shop.example.org,*.example.net")
        .contains(
            "localhost = off  (default)", "rate = ''  (default)", "cookie = consent  (default)");

    assertThat(run("site", "set", "set.example", "hosts", "")).isEqualTo(Cli.OK);
    run("site", "show", "set.example");
    assertThat(take(out)).contains("hosts = ''  (default)");
  }

  @Test
  void aProfileIsShownWithItsRulesAndWithWhatLeavesThem() {
    run("site", "add", "cnil.example", "--profile", "cnil");
    take(out);

    assertThat(run("site", "set", "cnil.example", "place", "city")).isEqualTo(Cli.OK);
    assertThat(take(err)).startsWith("Beyond profile cnil: place = city leaves country: CNIL");

    assertThat(run("site", "profile", "cnil.example")).isEqualTo(Cli.OK);
    assertThat(take(out))
        .startsWith("cnil.example: profile cnil")
        .contains("cookie-life = fixed", "art. 50: at most 13 months")
        .contains("place = city  (the profile says country)")
        .contains("Beyond the profile: place = city leaves country: CNIL")
        .contains("The policy has gaps; nothing is said of controller, controller-contact,");

    assertThat(run("privacy", "policy", "cnil.example", "--controller", "Eksempel A/S"))
        .isEqualTo(Cli.OK);
    assertThat(take(out)).contains("Dataansvarlig er Eksempel A/S. Du kan kontakte os på […].");
    assertThat(take(err)).startsWith("Nothing is said of controller-contact, hosting-region,");

    assertThat(run("site", "profile", "cnil.example", "strict")).isEqualTo(Cli.OK);
    run("site", "show", "cnil.example");
    assertThat(take(out)).contains("profile strict", "recognition = none  (default)");
  }

  @Test
  void aProfileThatThereIsNotIsAnsweredWithThoseThereAre() {
    assertThat(run("site", "profile", "example.com", "de")).isEqualTo(Cli.MENDABLE);

    assertThat(take(err)).contains("'de' is no profile; there are dk, cnil, uk, strict");
  }

  @Test
  void aSiteTakesWhatTrackersOfAnotherProductSendOnceThatIsSaid() {
    run("site", "add", "moved.example");
    run("site", "add", "other.example");
    take(out);

    assertThat(run("site", "dialect", "moved.example", "plausible")).isEqualTo(Cli.OK);
    assertThat(take(out)).contains("moved.example takes what trackers send of plausible.");
    assertThat(run("site", "dialect", "moved.example", "matomo")).isEqualTo(Cli.MENDABLE);
    assertThat(take(err)).contains("add --matomo-id NUMBER");
    assertThat(run("site", "dialect", "moved.example", "matomo", "--umami-id", UUID))
        .isEqualTo(Cli.MENDABLE);
    assertThat(take(err)).contains("--umami-id is not for matomo");
    assertThat(run("site", "dialect", "moved.example", "matomo", "--matomo-id", "3"))
        .isEqualTo(Cli.OK);
    assertThat(run("site", "dialect", "other.example", "matomo", "--matomo-id", "3"))
        .isEqualTo(Cli.MENDABLE);
    assertThat(take(err)).contains("matomo-id: another site of this installation has it");
    assertThat(run("site", "dialect", "moved.example", "plausible", "--off")).isEqualTo(Cli.OK);
    take(out);

    run("site", "show", "moved.example");
    assertThat(take(out)).contains("dialects = matomo\n", "matomo-id = 3\n");
    run("site", "show", "other.example");
    assertThat(take(out)).contains("dialects = ''  (default)", "matomo-id = ''  (default)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hosts | https://x.dk/ | shop.example.org,*.example.net",
        "localhost | perhaps | on or off",
        "excluded-pages | admin | /admin/**",
        "excluded-networks | 10.0.0.0/99 | 10.0.0.0/8",
        "query-parameters | q=x | q,category",
        "keep-paths | x | /admin/**",
        "group-paths | /*** | /user/*/edit",
        "hash-routing | 1 | on or off",
        "rate | 0 | as in 100",
        "quota | many | as in 1000000",
        "tracker-name | /a/b | as in hits",
        "tracker-name | sites | as in hits",
        "dialects | urchin | plausible, umami, matomo, goatcounter",
        "matomo-id | three | as in 3",
        "umami-id | 3 | data-website-id",
        "goatcounter-host | a b | as in example.com",
        "cookie | perhaps | off, consent or on",
        "cookie-days | 181 | from 1 to 180",
        "controller-contact | a phone | privacy@example.com",
        "backups-kept | some | as in 30",
        "collector-url | example.com | https://stats.example.com"
      })
  void aSettingThatMakesNoSenseIsNamedWithAnExample(String name, String value, String example) {
    assertThat(run("site", "set", "example.com", name, value)).isEqualTo(Cli.MENDABLE);

    assertThat(take(err)).startsWith("sporlos: " + name + ": ").contains(example);
  }

  @Test
  void aSettingThatThereIsNotIsAnsweredWithThoseThereAre() {
    assertThat(run("site", "set", "example.com", "colour", "red")).isEqualTo(Cli.MENDABLE);

    assertThat(take(err))
        .isEqualTo(
            "sporlos: 'colour' is no setting of a site; there are hosts, localhost, excluded-pages,"
                + " excluded-networks, query-parameters, keep-paths, group-paths, hash-routing,"
                + " public, prometheus, rate, quota, tracker-name, cookie, cookie-life, cookie-days, recognition,"
                + " address-for-recognition, campaigns, referrer, place, signals, rounding,"
                + " visits-kept, totals-kept, dialects, matomo-id, umami-id, goatcounter-host,"
                + " controller, controller-contact, dpo, hosting-region,"
                + " recipients, purpose, backups-kept, collector-url"
                + System.lineSeparator());
  }

  @Test
  void whatWasCleanedIsPrintedByKind() {
    run("site", "add", "cleaned.example");
    take(out);
    assertThat(run("cleaned", "cleaned.example")).isEqualTo(Cli.OK);
    assertThat(take(out)).contains("Nothing of this time had to be left out.");

    try (TestPool pool = TestPool.of(DatabaseUrl.parse(database))) {
      pool.pool()
          .query(
              "insert into cleaned select id, current_date, 'email', 1234 from site"
                  + " where domain = 'cleaned.example'")
          .execute()
          .await();
    }

    assertThat(run("cleaned", "cleaned.example", "--days", "2")).isEqualTo(Cli.OK);
    assertThat(take(out)).containsPattern("email +1,234");
    assertThat(run("cleaned", "cleaned.example", "--days", "0")).isEqualTo(Cli.MENDABLE);
  }

  @Test
  void keepingPathsIsWarnedOf() {
    run("site", "add", "keep.example");

    assertThat(run("site", "set", "keep.example", "keep-paths", "/u/*")).isEqualTo(Cli.OK);

    assertThat(take(err)).contains("kept as they are");
  }

  /** Runs a command on the database that the environment names. */
  @Test
  void whatASitePutsIntoItsPagesIsPrintedWithWhatItAsksFor() throws Exception {
    run("site", "add", "example.com");
    take(out);

    run("site", "snippet", "example.com");
    assertThat(take(out))
        .isEqualToNormalizingNewlines(
            """
            <script defer src="https://HOST/s.js" data-site="example.com"></script>
            """);

    run("site", "set", "example.com", "hash-routing", "on");
    take(out);
    run(
        "site",
        "snippet",
        "example.com",
        "--server",
        "https://stats.example.com/",
        "--extras",
        "--vitals");
    assertThat(take(out))
        .isEqualToNormalizingNewlines(
            """
            <script defer src="https://stats.example.com/s.js" data-site="example.com" data-hash="on"></script>
            <script defer src="https://stats.example.com/extras.js"></script>
            <script defer src="https://stats.example.com/vitals.js" data-site="example.com" data-hash="on"></script>
            """);
  }

  @Test
  void aSnippetSaysWhereTheSiteIsServedAndAsWhat() {
    run("site", "add", "named.example");
    run("site", "set", "named.example", "tracker-name", "hits");
    run("site", "set", "named.example", "collector-url", "https://named.example/stats");
    take(out);

    run("site", "snippet", "named.example", "--vitals");

    assertThat(take(out))
        .isEqualToNormalizingNewlines(
            """
            <script defer src="https://named.example/stats/hits.js" data-site="named.example"></script>
            <script defer src="https://named.example/stats/vitals.js" data-site="named.example" data-beacon="hits"></script>
            """);

    run("site", "snippet", "named.example", "--pinned");

    assertThat(take(out))
        .isEqualToNormalizingNewlines(
            "<script defer src=\"https://named.example/stats/hits.js\" data-site=\"named.example\""
                + " integrity=\""
                + ScriptRoutes.integrityOfNamed("hits")
                + "\" crossorigin=\"anonymous\"></script>\n");
  }

  @Test
  void whatIsPinnedIsWhatTheServerHandsOut() throws Exception {
    run("site", "add", "example.com");
    take(out);
    String served;
    try (InputStream script = Snippet.class.getResourceAsStream("/dk/sporlos/tracker/s.js")) {
      byte[] digest = MessageDigest.getInstance("SHA-384").digest(script.readAllBytes());
      served = "sha384-" + Base64.getEncoder().encodeToString(digest);
    }

    run("site", "snippet", "example.com", "--pinned", "--extras");

    assertThat(take(out).lines())
        .hasSize(2)
        .allMatch(line -> line.contains(" crossorigin=\"anonymous\""))
        .first()
        .asString()
        .contains(" integrity=\"" + served + "\"");
  }

  @Test
  void aSnippetIsPrintedForAServerAndASiteThatThereAre() {
    run("site", "add", "example.com");

    assertThat(run("site", "snippet", "other.example")).isEqualTo(Cli.MENDABLE);
    assertThat(take(err)).contains("other.example");
    assertThat(run("site", "snippet", "example.com", "--server", "stats.example.com"))
        .isEqualTo(Cli.MENDABLE);
    assertThat(take(err)).contains("`stats.example.com` is no address of a server");
  }

  private int run(String... arguments) {
    return new Cli(stream(out), stream(err), Map.of("SPORLOS_DATABASE", database)).run(arguments);
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
