package dk.sporlos.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who starts and stops the server of a directory when several processes come to it. */
final class EmbeddedServerOwnerTest {
  @RegisterExtension private final DataDirectories directories = new DataDirectories();

  @Test
  void findsEveryCommittedRowAfterTheProcessWasKilled() {
    Path directory = directories.unused();
    ChildJvm killed = directories.child("serve", directory);
    killed.answer();
    killed.tell("insert");
    int committed = 0;
    while (committed < 50) {
      committed = Integer.parseInt(killed.answer());
    }

    killed.kill();
    assertThat(DataDirectories.servers(directory)).isEqualTo(1);
    long leftOver = DataDirectories.postmaster(directory);
    EmbeddedServer server = directories.serve(directory);

    assertThat(Sql.texts(server.url(), "select number from kept order by number"))
        .startsWith("1", "2", "3")
        .hasSizeGreaterThanOrEqualTo(committed);
    assertThat(DataDirectories.servers(directory)).isEqualTo(1);
    assertThat(DataDirectories.postmaster(directory)).isNotEqualTo(leftOver);
  }

  @Test
  void findsEveryCommittedRowAfterPostgresqlWasKilled() {
    Path directory = directories.unused();
    EmbeddedServer first = directories.serve(directory);
    Sql.execute(first.url(), "create table kept as select 42 as answer");

    ProcessHandle postmaster =
        ProcessHandle.of(DataDirectories.postmaster(directory)).orElseThrow();
    postmaster.destroyForcibly();
    postmaster.onExit().join();
    first.close();
    EmbeddedServer second = directories.serve(directory);

    assertThat(Sql.text(second.url(), "select answer from kept")).isEqualTo("42");
    assertThat(DataDirectories.servers(directory)).isEqualTo(1);
  }

  @Test
  void refusesASecondServer() {
    Path directory = directories.unused();
    ChildJvm first = directories.child("serve", directory);
    first.answer();

    assertThatThrownBy(() -> EmbeddedServer.serve(directory, 0))
        .isInstanceOf(DatabaseException.class)
        .hasMessage(
            "The data directory %s is already served by process %d: stop that one, or name another directory with --data.",
            directory, first.pid());
    assertThat(DataDirectories.servers(directory)).isEqualTo(1);
  }

  @Test
  void refusesASecondServerOfTheSameProcessAndKeepsTheFirst() {
    Path directory = directories.unused();
    EmbeddedServer first = directories.serve(directory);

    assertThatThrownBy(() -> EmbeddedServer.serve(directory, 0))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("already served by process " + ProcessHandle.current().pid());
    assertThat(directories.child("serve", directory).answer())
        .contains("already served by process " + ProcessHandle.current().pid());
    assertThat(Sql.text(first.url(), "select 1")).isEqualTo("1");
  }

  @Test
  void doesNotStopTheServerOfItsSuccessor() {
    Path directory = directories.unused();
    EmbeddedServer first = directories.serve(directory);
    first.close();
    ChildJvm second = directories.child("serve", directory);
    DatabaseUrl url = DatabaseUrl.parse(second.answer());

    first.close();

    assertThat(Sql.text(url, "select 1")).isEqualTo("1");
  }

  @Test
  void letsACommandUseTheServerOfAnotherProcess() {
    Path directory = directories.unused();
    ChildJvm serving = directories.child("serve", directory);
    String url = serving.answer();

    EmbeddedServer command = directories.command(directory);

    assertThat(command.url().uri()).isEqualTo(url);
    command.close();
    assertThat(Sql.text(command.url(), "select 1")).isEqualTo("1");
    serving.finish();
    assertThat(DataDirectories.servers(directory)).isZero();
  }

  @Test
  void startsAServerForACommandAloneAndStopsItAfterwards() {
    Path directory = directories.unused();

    EmbeddedServer command = directories.command(directory);

    assertThat(Sql.text(command.url(), "select 1")).isEqualTo("1");
    command.close();
    assertThat(DataDirectories.servers(directory)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"command", "serve"})
  void waitsForACommandToEnd(String role) {
    Path directory = directories.unused();
    ChildJvm first = directories.child("command", directory);
    first.answer();

    CompletableFuture<EmbeddedServer> second =
        CompletableFuture.supplyAsync(
            () ->
                role.equals("serve")
                    ? directories.serve(directory)
                    : directories.command(directory));
    assertThatThrownBy(() -> second.get(300, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    first.finish();

    assertThat(second).succeedsWithin(Duration.ofSeconds(20));
    assertThat(DataDirectories.servers(directory)).isEqualTo(1);
  }

  @Test
  void saysWhomItHasWaitedForInVain() {
    Path directory = directories.unused();
    ChildJvm first = directories.child("command", directory);
    first.answer();

    assertThatThrownBy(() -> impatient(directory, DirectoryLock.Role.COMMAND))
        .isInstanceOf(DatabaseException.class)
        .hasMessage(
            "The data directory %s is in use by process %d: try again when it has finished.",
            directory, first.pid());
    assertThatThrownBy(() -> impatient(directory, DirectoryLock.Role.SERVE))
        .hasMessageContaining("is in use by process " + first.pid());
  }

  @Test
  void isNotFooledByTheNumberOfADeadPostmasterThatGoesToAnotherProcess() throws IOException {
    Path directory = directories.unused();
    EmbeddedServer first = directories.serve(directory);
    Path note = directory.resolve("postgresql/cluster/postmaster.pid");
    List<String> lines = Files.readAllLines(note);
    first.close();
    Path elsewhere = directories.unused();
    EmbeddedServer bystander = directories.serve(elsewhere);

    for (long stranger :
        List.of(ProcessHandle.current().pid(), DataDirectories.postmaster(elsewhere))) {
      lines.set(0, Long.toString(stranger));
      Files.write(note, lines);
      assertThat(EmbeddedServer.locate(directory).running()).isFalse();

      EmbeddedServer server = directories.serve(directory);

      assertThat(Sql.text(server.url(), "select 1")).isEqualTo("1");
      server.close();
    }
    assertThat(Sql.text(bystander.url(), "select 1")).isEqualTo("1");
  }

  private static void impatient(Path directory, DirectoryLock.Role role) {
    EmbeddedServer.open(
        directory,
        0,
        role,
        new EmbeddedServer.Surroundings(
            Launcher.ofThisUser(), new SecureRandom(), Duration.ZERO, /* durable= */ true));
  }
}
