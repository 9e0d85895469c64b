package dk.sporlos.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class LauncherTest {
  private static final Path DIRECTORY = Path.of("/srv/sporlos/postgresql");

  @RegisterExtension private final DataDirectories directories = new DataDirectories();
  private final List<String> commands = new ArrayList<>();

  @Test
  void runsCommandsAsTheyAreIfThisIsAnOrdinaryUser() throws IOException {
    Launcher launcher = new Launcher(/* root= */ false, forbidding("unshare"));

    launcher
        .commandsFor(DIRECTORY)
        .run(List.of("initdb", "-D", "x"), DIRECTORY, "", Duration.ofSeconds(1));

    assertThat(commands).containsExactly("initdb -D x");
  }

  @Test
  void runsCommandsAsNobodyIfThisIsRoot() throws IOException {
    Launcher launcher = new Launcher(/* root= */ true, forbidding("nothing"));

    launcher
        .commandsFor(DIRECTORY)
        .run(List.of("initdb", "-D", "x"), DIRECTORY, "", Duration.ofSeconds(1));

    assertThat(commands).last().isEqualTo("unshare -U initdb -D x");
  }

  @Test
  void saysWhatToDoWhereRootMayNotBecomeNobody() {
    Launcher launcher = new Launcher(/* root= */ true, forbidding("unshare"));

    assertThatThrownBy(() -> launcher.commandsFor(DIRECTORY))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("runuser -u USER -- java -jar")
        .hasMessageContaining("--database")
        .hasMessageNotContaining("\n");
  }

  @Test
  void saysWhatToDoWhereThereIsNoUnshare() {
    Commands none =
        (command, directory, input, patience) -> {
          throw new IOException("no such program");
        };

    assertThatThrownBy(() -> new Launcher(/* root= */ true, none).commandsFor(DIRECTORY))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("runuser -u USER -- java -jar");
  }

  @Test
  void saysWhatToDoIfNobodyCannotReachTheDirectory() {
    Launcher launcher = new Launcher(/* root= */ true, forbidding("test"));

    assertThatThrownBy(() -> launcher.commandsFor(DIRECTORY))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining(DIRECTORY.toString())
        .hasMessageContaining("belongs to another user");
  }

  @Test
  void leavesNoLockBehindWhereItCouldNotStart() {
    Path directory = directories.unused();
    Launcher launcher = new Launcher(/* root= */ true, forbidding("unshare"));

    assertThatThrownBy(
            () ->
                EmbeddedServer.open(
                    directory,
                    0,
                    DirectoryLock.Role.SERVE,
                    new EmbeddedServer.Surroundings(
                        launcher, new SecureRandom(), Duration.ZERO, /* durable= */ true)))
        .isInstanceOf(DatabaseException.class);

    directories.serve(directory);
  }

  /** Commands that all succeed but those in which a word occurs. */
  private Commands forbidding(String word) {
    return (command, directory, input, patience) -> {
      commands.add(String.join(" ", command));
      return new Commands.Outcome(command.contains(word) ? 1 : 0, "");
    };
  }
}
