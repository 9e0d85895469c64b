package dk.sporlos.transfer;

import static dk.sporlos.door.HitMother.aHit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.sporlos.database.DatabaseException;
import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.Migrator;
import dk.sporlos.database.TestDatabase;
import dk.sporlos.door.Hit;
import dk.sporlos.fold.Fold;
import dk.sporlos.fold.Partitions;
import dk.sporlos.fold.Slots;
import dk.sporlos.intake.Inbox;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import dk.sporlos.testing.MovableClock;
import dk.sporlos.testing.TestPool;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
  private static final Instant BEGAN = Instant.parse("2026-11-02T10:00:00Z");
  private static final int VISITS = 40;

  @TempDir private Path directory;
  private final MovableClock clock = new MovableClock(BEGAN.plus(Duration.ofMinutes(10)));
  private final DatabaseUrl url = TestDatabase.create();
  private TestPool database;
  private Site site;

  @BeforeEach
  void open() {
    database = TestPool.of(url);
    site = new SiteStore(database.pool()).add("example.com", ZoneId.of("UTC"), false).await();
    receive(BEGAN, 1);
    clock.move(Duration.ofMinutes(45));
    fold();
    receive(clock.instant(), 1_001);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void allRowsComeBackButThoseThatMustNot() throws Exception {
    execute(
        "insert into account (email, name, admin, language, created_on)"
            + " values ('a@example.com', 'Anna', true, 'da', 'today')");
    execute(
        "insert into session (account_id, secret_hash, browser, complete, way, began_at, seen_at)"
            + " select id, '\\x00', 'Firefox', true, 'password', now(), now() from account");
    DatabaseUrl restored = TestDatabase.createEmpty();

    restore(backup(), restored);

    try (TestPool there = TestPool.of(restored)) {
      Map<String, Long> before = counts(database);
      assertThat(before.remove("session")).isEqualTo(1);
      Map<String, Long> after = counts(there);
      assertThat(after.remove("session")).isZero();
      assertThat(after).isEqualTo(before).containsEntry("hit", 3L * VISITS);
      assertThat(text(there, "select id from installation"))
          .isEqualTo(text(database, "select id from installation"));
      assertThat(text(there, "select string_agg(md5(key::text), '') from rounding_key"))
          .isEqualTo(text(database, "select string_agg(md5(key::text), '') from rounding_key"));
    }
  }

  @Test
  void numbersThatAProcessKnowsAreDrawnAnewAndStillJoin() throws Exception {
    DatabaseUrl restored = TestDatabase.createEmpty();
    // One who was there before is there again: the visitor of a visit has a hit in the inbox.
    execute("update hit set visitor = (select min(visitor) from visit) where visit = 1001");
    String joined =
        "select count(distinct visitor)::text || '/' || count(distinct visit) from hit"
            + " union all select count(distinct visitor)::text from visit"
            + " union all select count(distinct visitor)::text from hit join visit using (visitor)";

    restore(backup(), restored);

    try (TestPool there = TestPool.of(restored)) {
      assertThat(texts(there, joined)).isEqualTo(texts(database, joined)).endsWith("1");
      String numbers =
          "select visitor from hit union select visit from hit union select visitor from visit";
      assertThat(texts(there, numbers)).doesNotContainAnyElementsOf(texts(database, numbers));
    }
  }

  @Test
  void noTwoBackupsHaveANumberInCommon() throws Exception {
    Path one = backup();
    Path two = backup();

    assertThat(content(one, "tables/visit_2026_11.copy"))
        .isNotEqualTo(content(two, "tables/visit_2026_11.copy"));
    assertThat(content(one, "tables/site.copy")).isEqualTo(content(two, "tables/site.copy"));
  }

  @Test
  void whereNobodyIsRecognisedNobodyIs() throws Exception {
    execute("update hit set visit = 0, visitor = 0, slot = 8");
    DatabaseUrl restored = TestDatabase.createEmpty();

    restore(backup(), restored);

    try (TestPool there = TestPool.of(restored)) {
      assertThat(text(there, "select sum(abs(visit) + abs(visitor)) from hit")).isEqualTo("0");
    }
  }

  /** A slot that is emptied and truncated after the backup began would be in it nowhere. */
  @Test
  void whatIsFoldedMeanwhileIsInItOnce() throws Exception {
    clock.move(Duration.ofHours(2));
    DatabaseUrl restored = TestDatabase.createEmpty();
    Runnable meanwhile =
        () -> {
          fold();
          new Slots(database.pool(), clock).truncateEmpty().await();
        };

    restore(backup(to -> new Interrupted(to, meanwhile)), restored);

    assertThat(text(database, "select count(*) from hit")).isEqualTo("0");
    try (TestPool there = TestPool.of(restored)) {
      assertThat(text(there, "select count(*) from hit")).isEqualTo(Integer.toString(3 * VISITS));
      assertThat(text(there, "select count(*) from visit")).isEqualTo(Integer.toString(VISITS));
    }
  }

  @Test
  void numbersGoOnAfterThoseThatAreTaken() throws Exception {
    DatabaseUrl restored = TestDatabase.createEmpty();

    restore(backup(), restored);

    try (TestPool there = TestPool.of(restored)) {
      Site next = new SiteStore(there.pool()).add("example.org", ZoneId.of("UTC"), false).await();
      assertThat(next.id()).isNotEqualTo(site.id());
    }
  }

  @Test
  void aBackupOfAnEarlierStateIsBroughtUpToDate() throws Exception {
    DatabaseUrl old = TestDatabase.createEmpty();
    new Migrator(old).migrateTo("081");
    try (TestPool there = TestPool.of(old)) {
      there
          .pool()
          .query("insert into site (domain, timezone) values ('old.example', 'UTC')")
          .execute()
          .await();
    }
    DatabaseUrl restored = TestDatabase.createEmpty();

    restore(backup(old, to -> to), restored);

    try (TestPool there = TestPool.of(restored)) {
      assertThat(text(there, "select domain from site")).isEqualTo("old.example");
      String state = "select max(version::int) from schema_history";
      assertThat(text(there, state)).isEqualTo(text(database, state));
    }
  }

  @Test
  void aDatabaseInUseIsLeftAlone() throws Exception {
    Path backup = backup();

    assertThatThrownBy(() -> restore(backup, url))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("holds sites or accounts");
    assertThat(text(database, "select count(*) from visit")).isEqualTo(Integer.toString(VISITS));
  }

  @Test
  void aDatabaseThatIsServedIsLeftAlone() throws Exception {
    DatabaseUrl served = TestDatabase.create();
    try (TestPool there = TestPool.of(served)) {
      there
          .pool()
          .query(
              "insert into node (id, name, started_at, seen_at) values (gen_random_uuid(), 'n', now(), now())")
          .execute()
          .await();
      Path backup = backup();

      assertThatThrownBy(() -> restore(backup, served))
          .isInstanceOf(DatabaseException.class)
          .hasMessageContaining("is served by a process");
    }
  }

  @Test
  void aDamagedBackupLeavesNothingBehindAndTheNextIsTaken() throws Exception {
    Path backup = backup();
    DatabaseUrl restored = TestDatabase.createEmpty();
    Path shorter =
        changed(
            backup, "tables/visit_2026_11.copy", text -> text.substring(0, text.indexOf('\n') + 1));
    Path garbled = changed(backup, "tables/visit_2026_11.copy", text -> text.replace('\t', ' '));
    Path later =
        changed(
            backup,
            BackupManifest.FILE,
            text -> text.replaceAll("\"schema\" : \"\\d+\"", "\"schema\" : \"9999\""));
    Path newer =
        changed(
            backup, BackupManifest.FILE, text -> text.replace("\"format\" : 1", "\"format\" : 2"));
    Path empty = changed(backup, BackupManifest.FILE, text -> "{}");

    assertThatThrownBy(() -> restore(shorter, restored))
        .hasMessageContaining("has 1 rows of visit_2026_11 and says " + VISITS);
    assertThatThrownBy(() -> restore(garbled, restored))
        .hasMessageContaining("could not be restored");
    assertThatThrownBy(() -> restore(later, restored))
        .hasMessageContaining("does not know tables of state 9999");
    assertThatThrownBy(() -> restore(newer, restored))
        .hasMessageContaining("newer version of Sporløs");
    assertThatThrownBy(() -> restore(empty, restored)).hasMessageContaining("is no backup");
    try (TestPool there = TestPool.of(restored)) {
      assertThat(text(there, "select count(*) from site")).isEqualTo("0");
      restore(backup, restored);
      assertThat(text(there, "select count(*) from site")).isEqualTo("1");
    }
  }

  @Test
  void aFileThatIsCutOffIsNoBackup() throws Exception {
    Path backup = backup();
    byte[] bytes = Files.readAllBytes(backup);
    Files.write(backup, Arrays.copyOf(bytes, bytes.length / 2));

    assertThatThrownBy(() -> restore(backup, TestDatabase.createEmpty()))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("cannot be read as a backup");
  }

  @Test
  void whatCannotBeWrittenIsSaidAsSuch() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };

    assertThatThrownBy(() -> new Backup(url, new SecureRandom(), clock).write(full))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("No space left");
  }

  private Path backup() throws IOException {
    return backup(to -> to);
  }

  private Path backup(UnaryOperator<OutputStream> through) throws IOException {
    return backup(url, through);
  }

  private Path backup(DatabaseUrl of, UnaryOperator<OutputStream> through) throws IOException {
    Path file = Files.createTempFile(directory, "backup", ".zip");
    try (OutputStream to = through.apply(Files.newOutputStream(file))) {
      new Backup(of, new SecureRandom(), clock).write(to);
    }
    return file;
  }

  private static void restore(Path backup, DatabaseUrl url) {
    try (Restore restore = new Restore(backup)) {
      restore.into(url);
    }
  }

  /** The same zip with another text in one of its files. */
  private Path changed(Path backup, String name, UnaryOperator<String> change) throws IOException {
    Path file = Files.createTempFile(directory, "changed", ".zip");
    try (ZipFile zip = new ZipFile(backup.toFile());
        ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(file))) {
      for (ZipEntry entry : zip.stream().toList()) {
        byte[] bytes = zip.getInputStream(entry).readAllBytes();
        to.putNextEntry(new ZipEntry(entry.getName()));
        to.write(
            entry.getName().equals(name)
                ? change
                    .apply(new String(bytes, StandardCharsets.UTF_8))
                    .getBytes(StandardCharsets.UTF_8)
                : bytes);
      }
    }
    return file;
  }

  private static String content(Path backup, String name) throws IOException {
    try (ZipFile zip = new ZipFile(backup.toFile())) {
      return new String(
          zip.getInputStream(zip.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Each visit has three page views. */
  private void receive(Instant from, int first) {
    List<Hit> hits = new ArrayList<>();
    for (int visit = first; visit < first + VISITS; visit++) {
      for (int step = 0; step < 3; step++) {
        hits.add(
            aHit()
                .site(site.id())
                .visit(visit)
                .visitor(visit)
                .step(step)
                .at(from.plusSeconds(step))
                .build());
      }
    }
    new Inbox(database.pool(), new SimpleMeterRegistry()).write(hits).await();
  }

  private void fold() {
    new Fold(database.pool(), new Partitions(database.pool()), new Random(1), clock)
        .sweep()
        .await();
  }

  private void execute(String sql) {
    database.pool().query(sql).execute().await();
  }

  private static Map<String, Long> counts(TestPool pool) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (String table :
        texts(
            pool,
            "select relname::text from pg_class where relnamespace = current_schema()::regnamespace"
                + " and relkind in ('r', 'p') and not relispartition order by 1")) {
      counts.put(table, Long.parseLong(text(pool, "select count(*) from " + table)));
    }
    return counts;
  }

  private static String text(TestPool pool, String sql) {
    return texts(pool, sql).get(0);
  }

  private static List<String> texts(TestPool pool, String sql) {
    return StreamSupport.stream(pool.pool().query(sql).execute().await().spliterator(), false)
        .map(row -> String.valueOf(row.getValue(0)))
        .toList();
  }

  /** Does something else before the first byte. */
  private static final class Interrupted extends FilterOutputStream {
    private Runnable meanwhile;

    Interrupted(OutputStream to, Runnable meanwhile) {
      super(to);
      this.meanwhile = meanwhile;
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      Runnable now = meanwhile;
      meanwhile = () -> {};
      now.run();
      out.write(bytes, from, count);
    }
  }
}
