package dk.sporlos;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.TestDatabase;
import dk.sporlos.privacy.Inventory;
import dk.sporlos.privacy.Inventory.Kind;
import dk.sporlos.privacy.LiveSchema;
import dk.sporlos.testing.RunningApplication;
import dk.sporlos.testing.TestPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whether the inventory is whole: of columns, routes and the log. Settings: see package cli. */
class InventoryTest {
  private static final Pattern LOG_FIELD = Pattern.compile("%-?\\d*([a-z]+)");

  private final Inventory inventory = Inventory.shipped();

  @Test
  void everyColumnIsDeclaredAndNoOther() {
    try (TestPool pool = TestPool.of(TestDatabase.create())) {
      Set<String> columns = LiveSchema.columns(pool.pool()).await();

      assertThat(columns).contains("hit.visitor");
      assertThat(faults(Kind.TABLE, columns)).isEmpty();
    }
  }

  @Test
  void everyRouteIsDeclaredAndNoOther() {
    DatabaseUrl url = TestDatabase.create();
    Set<String> routes = new TreeSet<>();
    try (RunningApplication running =
        RunningApplication.on(url, Clock.systemUTC(), new SecureRandom())) {
      running.routes().forEach(route -> routes.add("collector." + route));
      running.managementRoutes().forEach(route -> routes.add("management." + route));
    }

    assertThat(routes).contains("collector.POST /b");
    assertThat(faults(Kind.ROUTE, routes)).isEmpty();
  }

  @Test
  void everyFieldOfALogLineIsDeclared() throws IOException {
    Set<String> fields = new TreeSet<>();
    Matcher pattern =
        Pattern.compile("<pattern>(.*)</pattern>")
            .matcher(Files.readString(Path.of("src/main/resources/logback.xml")));
    while (pattern.find()) {
      Matcher field = LOG_FIELD.matcher(pattern.group(1));
      while (field.find()) {
        fields.add("process." + field.group(1));
      }
    }

    assertThat(fields).contains("process.msg");
    fields.remove("process.n");
    assertThat(faults(Kind.LOG, fields)).isEmpty();
  }

  @Test
  void whatIsUndeclaredIsSaidAsTheEntryToAdd() {
    assertThat(inventory.faults(Kind.TABLE, withOneMore("diary.page", "hit.address")))
        .anyMatch(fault -> fault.contains("where: diary\n  parts: [page]"))
        .anyMatch(fault -> fault.contains("where: hit\n  parts: [address]"));
  }

  @Test
  void whatIsStaleIsSaid() {
    Set<String> fewer = new TreeSet<>(inventory.declared(Kind.TABLE));
    fewer.remove("hit.visitor");

    assertThat(inventory.faults(Kind.TABLE, fewer))
        .containsExactly("stale: there is no hit.visitor; remove it from inventory.yaml");
  }

  private Set<String> withOneMore(String... names) {
    Set<String> more = new TreeSet<>(inventory.declared(Kind.TABLE));
    more.addAll(List.of(names));
    return more;
  }

  private List<String> faults(Kind kind, Set<String> found) {
    return inventory.faults(kind, found);
  }
}
