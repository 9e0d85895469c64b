package dk.sporlos.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BinariesTest {
  private static final String NAME = "binaries-18.6.0-" + Platform.current().name();

  @RegisterExtension private final DataDirectories directories = new DataDirectories();

  @Test
  void unpacksFilesWithTheirPermissionsAndLinks() throws IOException {
    Path directory = directories.empty().resolve("new");

    Binaries.extract(
        archive(file("bin/tool", 0750), file("lib/library.so.1", 0644), link("lib/library.so")),
        directory);

    assertThat(directory.resolve("bin/tool")).hasContent("bin/tool");
    assertThat(mode(directory.resolve("bin/tool"))).isEqualTo("rwxr-x---");
    assertThat(mode(directory.resolve("lib/library.so.1"))).isEqualTo("rw-r--r--");
    assertThat(Files.readSymbolicLink(directory.resolve("lib/library.so")))
        .isEqualTo(Path.of("library.so.1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../outside", "bin/../../outside"})
  void refusesAnArchiveThatWritesOutsideOfItsDirectory(String name) throws IOException {
    Path directory = directories.empty().resolve("new");

    assertThatThrownBy(() -> Binaries.extract(archive(file(name, 0644)), directory))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("leads outside");
    assertThat(directory.resolveSibling("outside")).doesNotExist();
  }

  @Test
  void refusesALinkThatLeadsOutside() throws IOException {
    Path directory = directories.empty().resolve("new");
    TarArchiveEntry link = new TarArchiveEntry("lib/link", TarConstants.LF_SYMLINK);
    link.setLinkName("../../outside");

    assertThatThrownBy(() -> Binaries.extract(archive(link), directory))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("leads outside");
  }

  @Test
  void unpacksOnce() throws IOException {
    Path parent = directories.empty();
    Path unfinished = Files.createDirectories(parent.resolve(NAME + ".new"));
    Files.writeString(unfinished.resolve("bin"), "left by a crash");

    Binaries binaries = Binaries.unpack(parent, Platform.current());

    assertThat(binaries.directory()).isEqualTo(parent.resolve(NAME));
    Path program = Path.of(binaries.program("postgres"));
    assertThat(program).isExecutable();
    assertThat(unfinished).doesNotExist();
    Files.delete(program);
    assertThat(Binaries.unpack(parent, Platform.current())).isEqualTo(binaries);
    assertThat(program).doesNotExist();
  }

  @Test
  void saysForWhichMachinesThereIsNoPostgresql() {
    assertThatThrownBy(() -> Binaries.unpack(directories.empty(), new Platform("amiga-68000")))
        .isInstanceOf(DatabaseException.class)
        .hasMessage(
            "This build has no PostgreSQL for amiga-68000: start one yourself and name it with --database.");
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, false, linux-x86_64",
    "Linux, aarch64, false, linux-arm_64",
    "Linux, amd64, true, linux-x86_64-alpine_linux",
    "Mac OS X, x86_64, false, darwin-x86_64",
    "Mac OS X, aarch64, false, darwin-arm_64",
    "Windows 11, amd64, false, windows 11-x86_64",
  })
  void namesMachinesAsTheArchivesDo(String system, String architecture, boolean musl, String name) {
    assertThat(Platform.of(system, architecture, musl).name()).isEqualTo(name);
  }

  private static TarArchiveEntry file(String name, int mode) {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setMode(mode);
    entry.setSize(name.length());
    return entry;
  }

  private static TarArchiveEntry link(String name) {
    TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
    entry.setLinkName(Path.of(name).getFileName() + ".1");
    return entry;
  }

  /** An archive of files that hold their own names. */
  private static InputStream archive(TarArchiveEntry... entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream archive = new TarArchiveOutputStream(bytes)) {
      for (TarArchiveEntry entry : entries) {
        archive.putArchiveEntry(entry);
        if (entry.getSize() > 0) {
          archive.write(entry.getName().getBytes(UTF_8));
        }
        archive.closeArchiveEntry();
      }
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
