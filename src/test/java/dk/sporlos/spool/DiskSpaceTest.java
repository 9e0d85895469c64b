package dk.sporlos.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiskSpaceTest {
  private static final Path DATA = Path.of("data");
  private static final Path SPOOL = Path.of("spool");

  private final Map<Path, Long> free = new HashMap<>(Map.of(DATA, 1_000L, SPOOL, 1_000L));
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final DiskSpace disk = new DiskSpace(List.of(DATA, SPOOL), 500, this::free, meters);

  @Test
  void isShortWhileAnyPlaceHasLessThanTheReserve() {
    disk.measure();
    assertThat(disk.isShort()).isFalse();

    free.put(SPOOL, 499L);
    disk.measure();
    assertThat(disk.isShort()).isTrue();
    assertThat(meters.get("sporlos.disk.short").gauge().value()).isEqualTo(1);
    assertThat(meters.get("sporlos.disk.free.bytes").gauge().value()).isEqualTo(499);

    free.put(SPOOL, 500L);
    disk.measure();
    assertThat(disk.isShort()).isFalse();
  }

  @Test
  void isNotShortWhereItCannotBeMeasured() {
    free.clear();
    disk.measure();

    assertThat(disk.isShort()).isFalse();
  }

  private long free(Path path) throws IOException {
    Long bytes = free.get(path);
    if (bytes == null) {
      throw new IOException("there is no " + path);
    }
    return bytes;
  }
}
