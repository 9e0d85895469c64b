package dk.sporlos.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {
  private static final Setting<Endpoint> LISTEN =
      new Setting<>("listen", "127.0.0.1:8080", Endpoint::parse, "where", "HOST:PORT");
  private static final Setting<String> PROXIES =
      new Setting<>("trusted-proxies", null, text -> text, "who", "NETWORKS");

  @TempDir private Path directory;

  private final SettingsReader reader = new SettingsReader(List.of(LISTEN, PROXIES));

  @Test
  void fallsBackWhereNothingIsSaid() {
    Settings settings = reader.read(Map.of(), Map.of(), null);

    assertThat(settings.get(LISTEN)).isEqualTo(new Endpoint("127.0.0.1", 8080));
    assertThat(settings.find(PROXIES)).isNull();
    assertThat(settings.isSaid(LISTEN)).isFalse();
    assertThat(settings.isSaid(PROXIES)).isFalse();
  }

  @Test
  void prefersTheFlagToTheEnvironmentAndTheEnvironmentToTheFile() throws IOException {
    Path file = file("listen: 127.0.0.1:3\ntrusted-proxies: [10.0.0.0/8, 127.0.0.1/32]\n");

    Settings all =
        reader.read(Map.of("listen", "127.0.0.1:1"), Map.of("SPORLOS_LISTEN", "127.0.0.1:2"), file);
    Settings without = reader.read(Map.of(), Map.of("SPORLOS_LISTEN", "127.0.0.1:2"), file);
    Settings fromFile = reader.read(Map.of(), Map.of("HOME", "/"), file);

    assertThat(all.get(LISTEN).port()).isEqualTo(1);
    assertThat(without.get(LISTEN).port()).isEqualTo(2);
    assertThat(fromFile.get(LISTEN).port()).isEqualTo(3);
    assertThat(fromFile.isSaid(LISTEN)).isTrue();
    assertThat(fromFile.get(PROXIES)).isEqualTo("10.0.0.0/8,127.0.0.1/32");
  }

  @Test
  void namesEverythingThatIsWrongAtOnce() throws IOException {
    Path file = file("lisen: x\ntrusted-proxies: {a: b}\n");

    Settings settings =
        reader.read(Map.of("listen", "nowhere"), Map.of("SPORLOS_LISTN", "x"), file);

    assertThat(settings).isNull();
    assertThat(reader.faults())
        .satisfiesExactlyInAnyOrder(
            fault -> assertThat(fault).startsWith("--listen: 'nowhere' is no address"),
            fault -> assertThat(fault).startsWith("SPORLOS_LISTN is no setting"),
            fault -> assertThat(fault).startsWith("`lisen` in " + file + " is no setting"),
            fault -> assertThat(fault).startsWith("`trusted-proxies` in " + file + " must be"));
  }

  @Test
  void saysWhereTheFileIsNotYaml() throws IOException {
    reader.read(Map.of(), Map.of(), file("listen: x\ntrusted-proxies: [10.0.0.0/8\n"));

    assertThat(reader.faults()).singleElement().asString().contains("is not YAML (line ");
  }

  @Test
  void saysThatThereIsNoSuchFile() {
    reader.read(Map.of(), Map.of(), directory.resolve("missing.yaml"));

    assertThat(reader.faults()).singleElement().asString().contains("there is no file");
  }

  @Test
  void takesAnEmptyFileForOneThatSaysNothing() throws IOException {
    Settings settings = reader.read(Map.of(), Map.of(), file("# nothing\n"));

    assertThat(settings.get(LISTEN).port()).isEqualTo(8080);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("sporlos.yaml"), text);
  }
}
