package dk.sporlos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.TestDatabase;
import dk.sporlos.privacy.Policies;
import dk.sporlos.site.Accountability;
import dk.sporlos.testing.TestPool;
import io.vertx.core.json.JsonObject;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What commands write down of the policies that they change. */
class PolicyRecordTest {
  private static final Accountability SERVER =
      Accountability.of(setting -> setting.name().equals("controller") ? "Eksempel A/S" : "");

  private final DatabaseUrl url = TestDatabase.create();
  private final TestPool database = TestPool.of(url);

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aSettingThatIsSaidIsWrittenDownAtOnce() {
    aSiteThatAServerHasServed();

    run("site", "set", "example.com", "cookie-days", "30");

    assertThat(said("cookie-days")).containsExactly("60", "30");
    assertThat(said("controller")).containsExactly("Eksempel A/S", "Eksempel A/S");
  }

  @Test
  void anotherProfileIsWrittenDownAtOnce() {
    aSiteThatAServerHasServed();

    run("site", "profile", "example.com", "cnil");

    assertThat(said("profile")).containsExactly("dk", "cnil");
  }

  @Test
  void whatIsSaidAgainIsNoChange() {
    aSiteThatAServerHasServed();

    run("site", "set", "example.com", "cookie-days", "60");
    run("site", "set", "example.com", "hosts", "example.org");

    assertThat(said("cookie-days")).containsExactly("60");
  }

  @Test
  void theFirstPolicyOfASiteIsTheServersToWriteDown() {
    run("site", "add", "example.com");

    run("site", "set", "example.com", "cookie-days", "30");

    assertThat(said("cookie-days")).isEmpty();
  }

  private void aSiteThatAServerHasServed() {
    run("site", "add", "example.com");
    new Policies(database.pool(), SERVER, Clock.systemUTC()).recordChanges().await();
  }

  private void run(String... arguments) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    assertThat(new Cli(nowhere, nowhere, Map.of("SPORLOS_DATABASE", url.uri())).run(arguments))
        .isEqualTo(Cli.OK);
  }

  /** What a setting was, in the order in which it was written down. */
  private List<String> said(String setting) {
    List<String> said = new ArrayList<>();
    database
        .pool()
        .query("select settings from policy_change order by revision")
        .execute()
        .await()
        .forEach(row -> said.add(((JsonObject) row.getValue(0)).getString(setting)));
    return said;
  }
}
