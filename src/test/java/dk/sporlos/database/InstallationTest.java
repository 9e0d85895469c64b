package dk.sporlos.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database that was emptied, or is another, is not begun anew. */
class InstallationTest {
  private static final String ADD_SITE =
      "insert into site (domain, timezone) values ('example.com', 'UTC')";
  private static final String ADD_ACCOUNT =
      "insert into account (email, name, admin, language, created_on)"
          + " values ('anna@example.com', 'Anna', true, 'da', '2026-11-26')";

  @TempDir private Path directory;

  private final DatabaseUrl url = TestDatabase.create();
  private String id;

  @BeforeEach
  void number() {
    // Databases of tests are copies of one, with its number.
    Sql.execute(url, "update installation set id = gen_random_uuid()");
    id = Sql.text(url, "select id from installation");
  }

  @Test
  void theFirstStartLeavesAMarkThatNobodyElseReads() throws IOException {
    start();

    Path mark = directory.resolve("installation");
    assertThat(mark).content().contains("id=" + id, "set-up=no");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(mark)))
        .isEqualTo("rw-------");
  }

  @Test
  void theMarkSaysOnceThereIsASite() {
    Installation running = start();
    Sql.execute(url, ADD_SITE);
    running.note();

    assertThat(directory.resolve("installation")).content().contains("set-up=yes");
  }

  @Test
  void whatWasNeverSetUpMayBeginAgain() {
    start();
    Sql.execute(url, "update installation set id = gen_random_uuid()");

    assertThatCode(this::start).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "truncate site cascade",
        "delete from site",
        "drop table installation; delete from site",
        "drop schema public cascade; create schema public"
      })
  void aDatabaseThatWasEmptiedIsRefused(String emptying) {
    setUp(ADD_SITE);

    Sql.execute(url, emptying);

    assertThatItIsRefused("has neither sites nor accounts");
    assertThat(Sql.text(url, "select to_regclass('schema_history') is not null"))
        .as("nothing is made in it")
        .isEqualTo(emptying.startsWith("drop schema") ? "f" : "t");
  }

  @Test
  void accountsAloneAreEnoughToBeSetUp() {
    setUp(ADD_ACCOUNT);
    assertThatCode(this::start).doesNotThrowAnyException();

    Sql.execute(url, "delete from account");

    assertThatItIsRefused("has neither sites nor accounts");
  }

  @Test
  void anotherInstallationIsRefusedAndNamed() {
    setUp(ADD_SITE);
    Sql.execute(url, "update installation set id = 'e9bdcd58-5e37-4b6c-9d62-b2a7d8b58a11'");

    assertThatItIsRefused("is of installation e9bdcd58-5e37-4b6c-9d62-b2a7d8b58a11");
  }

  @Test
  void aBackupThatIsOlderThanTheseNumbersIsTaken() {
    setUp(ADD_SITE);
    Sql.execute(url, "drop table installation");

    assertThatCode(() -> new Installation(url, directory, null).check()).doesNotThrowAnyException();
  }

  @Test
  void whoAcceptsTheLossBeginsAnewAndIsAskedAgainForTheNext() {
    setUp(ADD_SITE);
    Sql.execute(url, "truncate site cascade");
    Sql.execute(url, "update installation set id = gen_random_uuid()");

    Installation accepting = new Installation(url, directory, id);
    accepting.check();
    accepting.note();
    Sql.execute(url, ADD_SITE);
    accepting.note();
    Sql.execute(url, "truncate site cascade");

    assertThatThrownBy(() -> new Installation(url, directory, id).check())
        .isInstanceOf(DatabaseException.class);
  }

  @Test
  void aDirectoryThatWasMovedIsKnown() throws IOException {
    setUp(ADD_SITE);
    Path moved = directory.resolveSibling(directory.getFileName() + "-moved");
    Files.move(directory, moved);

    assertThatCode(() -> new Installation(url, moved, null).check()).doesNotThrowAnyException();

    Files.move(moved, directory);
  }

  @Test
  void eachNodeHasAMarkOfItsOwn() {
    setUp(ADD_SITE);
    Installation other = new Installation(url, directory.resolve("other"), null);
    other.check();
    other.note();

    assertThat(directory.resolve("other/installation")).content().contains(id, "set-up=yes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "id=\\u12"})
  void aMarkThatCannotBeReadIsNamed(String nonsense) throws IOException {
    Path mark = Files.writeString(directory.resolve("installation"), nonsense);

    assertThatThrownBy(this::start)
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining(mark + " cannot be read");
  }

  private Installation start() {
    Installation installation = new Installation(url, directory, null);
    installation.check();
    installation.note();
    return installation;
  }

  private void setUp(String statement) {
    Sql.execute(url, statement);
    start();
  }

  private void assertThatItIsRefused(String why) {
    assertThatThrownBy(() -> new Installation(url, directory, "another number").check())
        .isInstanceOf(DatabaseException.class)
        .hasMessageContainingAll(
            why,
            directory.resolve("installation").toString(),
            id,
            "--accept-empty-database " + id,
            "Restore a backup");
  }
}
