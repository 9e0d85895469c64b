package dk.sporlos.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.security.auth.module.UnixSystem;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The server of an ordinary user. All other tests run it as whoever runs the tests; so these only
 * add something if that is root, who can become somebody else.
 */
final class EmbeddedServerUserTest {
  private static final String NOBODY = "65534";
  private static final boolean ROOT = new UnixSystem().getUid() == 0;

  /** In the temp directory, for nobody may be kept out of the one with the sources. */
  private static Path home;

  private static String classPath;

  private final List<ChildJvm> children = new ArrayList<>();

  @BeforeAll
  static void copyClassPath() throws IOException, InterruptedException {
    assumeTrue(ROOT, "not run by root, so all other tests ran as an ordinary user already");
    assumeTrue(
        new ProcessBuilder(asNobody("true")).start().waitFor() == 0,
        "setpriv is missing, with which root becomes an ordinary user");
    home = Files.createTempDirectory("sporlos-user");
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
    List<String> copies = new ArrayList<>();
    for (String entry : ChildJvm.classPath().split(File.pathSeparator, -1)) {
      if (entry.isEmpty()) {
        continue; // it would mean the working directory, with all that lies there
      }
      Path copy = home.resolve(copies.size() + "-" + Path.of(entry).getFileName());
      copy(Path.of(entry), copy);
      copies.add(copy.toString());
    }
    classPath = String.join(File.pathSeparator, copies);
  }

  private static void copy(Path from, Path to) throws IOException {
    if (Files.exists(from)) {
      try (Stream<Path> files = Files.walk(from)) {
        for (Path file : (Iterable<Path>) files::iterator) {
          Path copy = to.resolve(from.relativize(file).toString());
          Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  private static List<String> asNobody(String... command) {
    List<String> whole =
        new ArrayList<>(
            List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
    whole.addAll(List.of(command));
    return whole;
  }

  @AfterEach
  void endChildren() {
    children.forEach(ChildJvm::finish);
  }

  @AfterAll
  static void removeCopies() throws IOException {
    if (home != null) {
      Directories.remove(home);
    }
  }

  @Test
  void startsAndStartsAgainOnItsOwnData() throws IOException {
    ChildJvm child = serveAsNobody(nobodysData());
    String url = child.answer();

    assertThat(Sql.text(DatabaseUrl.parse(url), "select 1")).isEqualTo("1");
    child.tell("restart");
    assertThat(child.answer()).isEqualTo(url);
  }

  @Test
  void refusesADirectoryThatItMayNotWriteTo() throws IOException {
    Path directory = Files.createDirectory(home.resolve("roots"));

    assertThat(serveAsNobody(directory).answer())
        .isEqualTo(
            "The data directory %s may not be written to: it belongs to root. Start Sporløs as that user, or name another directory with --data.",
            directory);
  }

  @Test
  void refusesToMakeADirectoryWhereItMayNot() {
    Path directory = home.resolve("new");

    assertThat(serveAsNobody(directory).answer())
        .startsWith("The data directory %s cannot be made".formatted(directory))
        .contains("--data");
    assertThat(directory).doesNotExist();
  }

  @Test
  void isNotTakenOverByRoot() throws IOException {
    Path directory = nobodysData();
    ChildJvm child = serveAsNobody(directory);
    child.answer();
    child.finish();
    ChildJvm root = ChildJvm.start(ServerProgram.class, "serve", directory.toString());
    children.add(root);

    assertThat(root.answer())
        .matches(
            "The data directory %s belongs to \\S+: start Sporløs as that user \\(as root: runuser -u \\S+ -- java -jar …\\)\\."
                .formatted(directory));
  }

  @Test
  void isToldIfRootWithoutItsRightsCannotReachTheDirectory() throws IOException {
    Path closed = nobodys("closed");
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    Path directory = closed.resolve("data");
    ChildJvm root = ChildJvm.start(ServerProgram.class, "serve", directory.toString());
    children.add(root);

    assertThat(root.answer())
        .contains("cannot reach the data directory")
        .contains("a directory above it belongs to another user");
  }

  private ChildJvm serveAsNobody(Path directory) {
    ChildJvm child =
        ChildJvm.start(
            asNobody(), classPath, List.of(), ServerProgram.class, "serve", directory.toString());
    children.add(child);
    return child;
  }

  /** One directory for all tests, since its programs are unpacked in it. */
  private static Path nobodysData() throws IOException {
    Path directory = home.resolve("data");
    return Files.exists(directory) ? directory : nobodys("data");
  }

  private static Path nobodys(String name) throws IOException {
    Path directory = Files.createDirectory(home.resolve(name));
    Files.setAttribute(directory, "unix:uid", Integer.parseInt(NOBODY));
    return directory;
  }
}
