package dk.sporlos.bench;

import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The plans that PostgreSQL writes into its log of the statements it runs. */
final class Plans {

  /* Of the database, so that it holds for each connection that is made from now on. */
  private static final List<String> ON =
      List.of(
          "set session_preload_libraries = 'auto_explain'",
          "set auto_explain.log_min_duration = '5ms'",
          "set auto_explain.log_analyze = on",
          "set auto_explain.log_buffers = on",
          "set auto_explain.log_timing = on");

  private static final List<String> OFF = List.of("reset all");

  private final BenchDatabase database;

  Plans(BenchDatabase database) {
    this.database = database;
  }

  /** The plans of what is done meanwhile, with the connections of a pool of its own. */
  String of(Consumer<Pool> doing) throws IOException {
    say(ON);
    long before = size();
    doing.accept(database.database().open("plans", 1));
    say(OFF);
    Path log = log();
    byte[] bytes = Files.readAllBytes(log);
    int from = (int) Math.min(before, bytes.length);
    return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
  }

  private void say(List<String> changes) {
    String name = database.url().database();
    for (String change : changes) {
      database.execute("alter database \"%s\" %s".formatted(name, change));
    }
  }

  private long size() throws IOException {
    return Files.size(log());
  }

  private Path log() throws IOException {
    try (Stream<Path> files = Files.list(database.directory().resolve("postgresql/log"))) {
      return files
          .max(Comparator.comparing(file -> file.toFile().lastModified()))
          .orElseThrow(() -> new IllegalStateException("PostgreSQL has no log"));
    }
  }
}
