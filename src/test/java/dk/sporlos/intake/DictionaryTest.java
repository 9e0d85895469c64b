package dk.sporlos.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Cache;
import dk.sporlos.database.TestDatabase;
import dk.sporlos.site.SiteId;
import dk.sporlos.testing.TestPool;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DictionaryTest {

  @Test
  void cachesLongTextsInNoMoreMemoryThanShortOnes() {
    try (TestPool database = TestPool.of(TestDatabase.create())) {
      Dictionary pages = new Dictionary(database.pool(), new Random(1), Dictionary.Table.PAGE);

      for (int batch = 0; batch < 10; batch++) {
        pages.numbers(longPaths(batch)).await();
      }

      Cache<?, ?> cache = pages.cache();
      cache.cleanUp();
      assertThat(cache.estimatedSize()).isBetween(1_000L, 9_000L);
    }
  }

  private static List<Dictionary.Entry> longPaths(int batch) {
    return IntStream.range(0, 1_000)
        .mapToObj(i -> "/%d/%d/".formatted(batch, i) + "x".repeat(1_900))
        .map(path -> new Dictionary.Entry(new SiteId(1), List.of("example.com", path)))
        .toList();
  }
}
