package dk.sporlos.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.sporlos.database.TestDatabase;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import dk.sporlos.testing.TestPool;
import io.vertx.core.json.JsonArray;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What may be somebody's own: segments and annotations. */
class SegmentsTest {
  private static TestPool database;

  private Site site;
  private Segments segments;
  private Annotations annotations;

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
    site = new SiteStore(database.pool()).add("example.com", ZoneId.of("UTC"), false).await();
    segments = new Segments(database.pool());
    annotations = new Annotations(database.pool());
  }

  @Test
  void aSegmentIsFoundAsItWasDefined() {
    JsonArray filters =
        new JsonArray("[[\"is\", \"visit:country\", [\"DK\"]], [\"not\", [\"is\", \"x\", []]]]");

    Segment added = segments.add(site.id(), new Segment(0, null, "Danes", filters)).await();

    assertThat(added.filters()).isEqualTo(filters);
    assertThat(segments.find(site.id(), List.of(added.id(), 99L)).await()).containsExactly(added);
  }

  @Test
  void aPersonalSegmentIsSeenByItsOwnerAlone() {
    Segment shared = segments.add(site.id(), segment(null, "Danes")).await();
    Segment own = segments.add(site.id(), segment(7, "Danes")).await();

    assertThat(segments.all(site.id(), null).await()).containsExactly(shared);
    assertThat(segments.all(site.id(), 7).await()).containsExactly(shared, own);
    assertThat(segments.all(site.id(), 8).await()).containsExactly(shared);
    assertThat(segments.remove(site.id(), own.id(), null).await()).isFalse();
    assertThat(segments.remove(site.id(), own.id(), 8).await()).isFalse();
    assertThat(segments.remove(site.id(), own.id(), 7).await()).isTrue();
  }

  @Test
  void aNameIsTakenOnceForAllOfASite() {
    segments.add(site.id(), segment(null, "Danes")).await();

    assertThatThrownBy(() -> segments.add(site.id(), segment(null, "Danes")).await())
        .isInstanceOf(UnfitDefinitionException.class)
        .hasMessageStartingWith("name: another segment is called 'Danes'");
  }

  @Test
  void annotationsAreInTheOrderOfTheirDays() {
    Annotation later = annotations.add(site.id(), annotation(null, "2026-11-20")).await();
    Annotation own = annotations.add(site.id(), annotation(7, "2026-11-10")).await();
    Annotation first = annotations.add(site.id(), annotation(null, "2026-11-01")).await();

    assertThat(annotations.all(site.id(), 7).await()).containsExactly(first, own, later);
    assertThat(annotations.all(site.id(), null).await()).containsExactly(first, later);
  }

  @Test
  void anAnnotationIsRemovedByItsOwnerAlone() {
    Annotation own = annotations.add(site.id(), annotation(7, "2026-11-10")).await();

    assertThat(annotations.remove(site.id(), own.id(), null).await()).isFalse();
    assertThat(annotations.remove(site.id(), own.id(), 7).await()).isTrue();
    assertThat(annotations.all(site.id(), 7).await()).isEmpty();
  }

  @Test
  void anotherSiteNeitherFindsNorRemovesThem() {
    Site other = new SiteStore(database.pool()).add("b.example", ZoneId.of("UTC"), false).await();
    Segment segment = segments.add(site.id(), segment(null, "Danes")).await();
    Annotation note = annotations.add(site.id(), annotation(null, "2026-11-10")).await();

    assertThat(segments.find(other.id(), List.of(segment.id())).await()).isEmpty();
    assertThat(segments.remove(other.id(), segment.id(), null).await()).isFalse();
    assertThat(annotations.remove(other.id(), note.id(), null).await()).isFalse();
    assertThat(segments.all(site.id(), null).await()).containsExactly(segment);
    assertThat(annotations.all(site.id(), null).await()).containsExactly(note);
  }

  @Test
  void aSiteHasNoMoreOfThemThanCanBeShown() {
    fill("segment (site_id, name, filters)", "'s' || i, '[]'", 499);
    fill("annotation (site_id, day, text)", "'2026-11-01', 'x'", 4_999);
    segments.add(site.id(), segment(null, "Danes")).await();
    annotations.add(site.id(), annotation(null, "2026-11-10")).await();

    assertThatThrownBy(() -> segments.add(site.id(), segment(null, "Swedes")).await())
        .hasMessageContaining("there are 500 already");
    assertThatThrownBy(() -> annotations.add(site.id(), annotation(null, "2026-11-11")).await())
        .hasMessage("a site has at most 5000 annotations; remove one first");
  }

  private void fill(String columns, String values, int count) {
    database
        .pool()
        .query(
            "insert into %s select %d, %s from generate_series(1, %d) as i"
                .formatted(columns, site.id().value(), values, count))
        .execute()
        .await();
  }

  private static Segment segment(@Nullable Integer account, String name) {
    return new Segment(0, account, name, new JsonArray("[[\"is\", \"visit:country\", [\"DK\"]]]"));
  }

  private static Annotation annotation(@Nullable Integer account, String day) {
    return new Annotation(0, account, LocalDate.parse(day), "New campaign");
  }
}
