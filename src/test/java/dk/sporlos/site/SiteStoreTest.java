package dk.sporlos.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.sporlos.database.TestDatabase;
import dk.sporlos.testing.LogLines;
import dk.sporlos.testing.TestPool;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SiteStoreTest {
  private static final ZoneId UTC = ZoneId.of("UTC");
  private static TestPool database;

  private SiteStore store;

  @BeforeAll
  static void open() {
    database = TestPool.of(TestDatabase.create());
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void empty() {
    database.pool().query("truncate site cascade").execute().await();
    store = new SiteStore(database.pool());
  }

  @Test
  void whatIsAddedIsFoundAsItWas() {
    Site added = store.add("example.com", ZoneId.of("Europe/Copenhagen"), true).await();

    assertThat(added.domain()).isEqualTo("example.com");
    assertThat(added.zone()).isEqualTo(ZoneId.of("Europe/Copenhagen"));
    assertThat(added.demo()).isTrue();
    assertThat(store.find("example.com").await()).isEqualTo(added);
  }

  @Test
  void aDomainIsTakenOnceAndStaysAsItWas() {
    Site first = store.add("example.com", UTC, false).await();

    assertThat(store.add("example.com", ZoneId.of("Asia/Kolkata"), true).await()).isNull();

    assertThat(store.find("example.com").await()).isEqualTo(first);
  }

  @Test
  void ofThoseWhoAddADomainAtOnceOneSucceeds() {
    List<Future<Site>> added =
        Stream.generate(() -> store.add("example.com", UTC, false)).limit(10).toList();

    assertThat(added.stream().map(answer -> answer.await()).filter(Objects::nonNull)).hasSize(1);
    assertThat(store.all().await()).hasSize(1);
  }

  @Test
  void aDomainThatNobodyAddedIsNotFound() {
    assertThat(store.find("example.com").await()).isNull();
    assertThat(store.all().await()).isEmpty();
  }

  @Test
  void allAreListedByDomain() {
    Stream.of("b.example", "c.example", "a.example")
        .forEach(domain -> store.add(domain, UTC, false).await());

    assertThat(store.all().await())
        .extracting(Site::domain)
        .containsExactly("a.example", "b.example", "c.example");
  }

  @Test
  void whatIsSaidAboutASiteComesWithIt() {
    Site added = store.add("example.com", UTC, false).await();
    store.add("other.example", UTC, false).await();

    store.set(added.id(), SiteSettings.LOCALHOST, "on").await();
    store.set(added.id(), SiteSettings.RATE, "5").await();
    store.set(added.id(), SiteSettings.RATE, "50").await();

    Site found = store.find("example.com").await();
    assertThat(found.settings().localhost()).isTrue();
    assertThat(found.settings().rate()).isEqualTo(50);
    assertThat(store.texts(added.id()).await()).isEqualTo(Map.of("localhost", "on", "rate", "50"));
    assertThat(store.all().await())
        .extracting(Site::settings)
        .containsExactly(found.settings(), SiteSettings.DEFAULT);
  }

  @Test
  void whatIsTakenBackIsTheDefaultAgain() {
    Site added = store.add("example.com", UTC, false).await();
    store.set(added.id(), SiteSettings.LOCALHOST, "on").await();

    store.set(added.id(), SiteSettings.LOCALHOST, "").await();

    assertThat(store.find("example.com").await()).isEqualTo(added);
    assertThat(store.texts(added.id()).await()).isEmpty();
  }

  @Test
  void aSettingThatCannotBeReadIsNamedOnceAndItsDefaultHolds() throws Exception {
    Site added = store.add("example.com", UTC, false).await();
    store.set(added.id(), SiteSettings.RATE, "kim@example.org").await();
    store.set(added.id(), SiteSettings.LOCALHOST, "on").await();

    try (LogLines log = new LogLines()) {
      store.all().await();
      Site found = store.find("example.com").await();

      assertThat(found.settings().rate()).isZero();
      assertThat(found.settings().localhost()).isTrue();
      assertThat(log.lines())
          .singleElement()
          .asString()
          .contains("rate of example.com cannot be read", "sporlos site set example.com rate")
          .doesNotContain("kim");
    }
  }

  @Test
  void aDomainNotSpelledAsItIsStoredIsRefused() {
    assertThatThrownBy(store.add("Example.com", UTC, false)::await).isInstanceOf(PgException.class);
  }
}
