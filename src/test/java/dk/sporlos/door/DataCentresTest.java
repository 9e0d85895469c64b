package dk.sporlos.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCentresTest {
  @TempDir private Path directory;

  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("networks.txt");
  }

  @Test
  void areThoseOfTheFile() throws IOException {
    write("# Clouds\n192.0.2.0/24\n\n  2001:db8::/32  # one of IPv6\n", 1);

    DataCentres read = DataCentres.in(file.toString());

    assertThat(read.include(address("192.0.2.9"))).isTrue();
    assertThat(read.include(address("::ffff:192.0.2.9"))).isTrue();
    assertThat(read.include(address("2001:db8::9"))).isTrue();
    assertThat(read.include(address("192.0.3.9"))).isFalse();
  }

  @Test
  void areReadAgainWhenTheFileChanges() throws IOException {
    write("192.0.2.0/24", 1);
    DataCentres read = DataCentres.in(file.toString());

    write("198.51.100.0/24", 2);
    read.refresh();

    assertThat(read.include(address("192.0.2.9"))).isFalse();
    assertThat(read.include(address("198.51.100.9"))).isTrue();
  }

  @Test
  void areThoseOfBeforeWhileTheFileCannotBeRead() throws IOException {
    write("192.0.2.0/24", 1);
    DataCentres read = DataCentres.in(file.toString());

    write("192.0.2.0/99", 2);
    read.refresh();
    assertThat(read.include(address("192.0.2.9"))).isTrue();

    Files.delete(file);
    read.refresh();
    assertThat(read.include(address("192.0.2.9"))).isTrue();

    write("198.51.100.0/24", 3);
    read.refresh();
    assertThat(read.include(address("192.0.2.9"))).isFalse();
  }

  @Test
  void nameTheLineThatIsNoNetwork() throws IOException {
    write("192.0.2.0/24\nhosting\n", 1);

    assertThatThrownBy(() -> DataCentres.in(file.toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("networks.txt, line 2: \"hosting\" is no network");
  }

  @Test
  void nameTheFileThatThereIsNot() {
    assertThatThrownBy(() -> DataCentres.in(file.toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot read " + file);
  }

  @Test
  void areNoneUnlessAFileIsNamed() {
    DataCentres none = DataCentres.none();
    none.refresh();

    assertThat(none.include(address("192.0.2.9"))).isFalse();
  }

  private void write(String text, int second) throws IOException {
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(second)));
  }

  private static Address address(String literal) {
    return Objects.requireNonNull(Address.parse(literal));
  }
}
