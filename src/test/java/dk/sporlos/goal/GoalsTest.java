package dk.sporlos.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.sporlos.database.TestDatabase;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import dk.sporlos.testing.TestPool;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GoalsTest {
  private static TestPool database;

  private Site site;
  private Site other;
  private Goals goals;
  private Funnels funnels;

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
    run("truncate site cascade");
    run("truncate sealed_day");
    SiteStore sites = new SiteStore(database.pool());
    site = sites.add("example.com", ZoneId.of("UTC"), false).await();
    other = sites.add("other.example", ZoneId.of("UTC"), false).await();
    goals = new Goals(database.pool());
    funnels = new Funnels(database.pool());
  }

  @Test
  void goalsOfEveryKindAreFoundAsTheyWereDefined() {
    var viewed = new Condition.PageViewed(new PagePattern("/blog/**"));
    var scrolled = new Condition.PageScrolled(new PagePattern("/blog/*"), 75);
    var sent = new Condition.EventSent("Purchase");
    List<Goal.Definition> definitions =
        List.of(
            new Goal.Definition(null, viewed, Map.of(), null),
            new Goal.Definition(null, scrolled, Map.of(), null),
            new Goal.Definition(
                "Bought twice",
                sent,
                Map.of("plan", "Pro", "seats", "2"),
                new Worth("dkk", new BigDecimal("99.5"))),
            new Goal.Definition(null, sent, Map.of(), new Worth("EUR", null)));

    definitions.forEach(definition -> goals.add(site.id(), definition).await());

    assertThat(goals.all(site.id()).await())
        .extracting(Goal::definition)
        .containsExactlyElementsOf(definitions);
    assertThat(goals.all(site.id()).await())
        .extracting(Goal::name)
        .containsExactly("Visit /blog/**", "Scroll 75% on /blog/*", "Bought twice", "Purchase");
    assertThat(goals.all(other.id()).await()).isEmpty();
  }

  @Test
  void aGoalThatIsThereAlreadyIsFoundInsteadOfAdded() {
    Goal first = goals.add(site.id(), event("Signup")).await();

    Goal second =
        goals
            .add(
                site.id(),
                new Goal.Definition(
                    "Other name", new Condition.EventSent("Signup"), Map.of(), null))
            .await();

    assertThat(second).isEqualTo(first);
    assertThat(goals.all(site.id()).await()).containsExactly(first);
  }

  @Test
  void aNameThatAnotherGoalHasIsRefused() {
    goals.add(site.id(), event("Signup")).await();
    var page = new Condition.PageViewed(new PagePattern("/signup"));

    assertThatThrownBy(
            () -> goals.add(site.id(), new Goal.Definition("Signup", page, Map.of(), null)).await())
        .isInstanceOf(UnfitDefinitionException.class)
        .hasMessage("name: another goal is called 'Signup'; choose another name");
  }

  @Test
  void sealedDaysAreSealedAgainForANewGoalAsFarAsVisitsReach() {
    run("update site set visits_complete_from = '2026-11-02' where domain = 'example.com'");
    for (Site each : List.of(site, other)) {
      for (String day : List.of("2026-11-01", "2026-11-02", "2026-11-03")) {
        run(
            "insert into sealed_day (site_id, day, due) values (%d, '%s', false)"
                .formatted(each.id().value(), day));
      }
    }

    goals.add(site.id(), event("Signup")).await();

    assertThat(due(site)).containsExactly("2026-11-02", "2026-11-03");
    assertThat(due(other)).isEmpty();

    run("update sealed_day set due = false");
    goals.add(site.id(), event("Signup")).await();

    assertThat(due(site)).isEmpty();
  }

  @Test
  void sealedDaysAreSealedAgainForANewPropertyOnce() {
    run(
        "insert into sealed_day (site_id, day, due) values (%d, '2026-11-01', false)"
            .formatted(site.id().value()));
    Properties properties = new Properties(database.pool());

    properties.add(site.id(), " plan ").await();

    assertThat(due(site)).containsExactly("2026-11-01");
    assertThat(properties.all(site.id()).await()).containsExactly("plan");

    run("update sealed_day set due = false");
    properties.add(site.id(), "plan").await();

    assertThat(due(site)).isEmpty();
    assertThat(properties.remove(site.id(), "plan").await()).isTrue();
    assertThat(properties.remove(site.id(), "plan").await()).isFalse();
    assertThat(properties.all(site.id()).await()).isEmpty();
  }

  @Test
  void aSiteHasNoMoreGoalsThanCanBeCounted() {
    IntStream.range(0, 200).forEach(i -> goals.add(site.id(), event("Event " + i)).await());

    assertThatThrownBy(() -> goals.add(site.id(), event("One more")).await())
        .hasMessage("a site has at most 200 goals; remove one first");
    assertThat(goals.add(site.id(), event("Event 0")).await().name()).isEqualTo("Event 0");
  }

  @Test
  void aStepOfAFunnelIsNotRemovedBeforeTheFunnel() {
    long first = goals.add(site.id(), event("Cart")).await().id();
    long second = goals.add(site.id(), event("Paid")).await().id();
    Funnel funnel = funnels.add(site.id(), "Checkout", List.of(first, second)).await();

    assertThatThrownBy(() -> goals.remove(site.id(), second).await())
        .hasMessage("the goal is a step of funnel 'Checkout'; remove the funnel first");

    assertThat(funnels.remove(site.id(), funnel.id()).await()).isTrue();
    assertThat(goals.remove(other.id(), second).await()).isFalse();
    assertThat(goals.remove(site.id(), second).await()).isTrue();
    assertThat(goals.remove(site.id(), second).await()).isFalse();
  }

  @Test
  void aFunnelIsFoundAsItWasDefined() {
    long first = goals.add(site.id(), event("Cart")).await().id();
    long second = goals.add(site.id(), event("Paid")).await().id();

    Funnel funnel = funnels.add(site.id(), "Checkout", List.of(second, first)).await();

    assertThat(funnel.goals()).containsExactly(second, first);
    assertThat(funnels.all(site.id()).await()).containsExactly(funnel);
    assertThat(funnels.find(site.id(), funnel.id()).await()).isEqualTo(funnel);
    assertThat(funnels.find(other.id(), funnel.id()).await()).isNull();
  }

  @Test
  void aFunnelOfGoalsThatAreNotTheSitesIsRefused() {
    long own = goals.add(site.id(), event("Cart")).await().id();
    long foreign = goals.add(other.id(), event("Paid")).await().id();

    assertThatThrownBy(() -> funnels.add(site.id(), "Checkout", List.of(own, foreign)).await())
        .hasMessage("goals: each is the number of a goal of the site");
  }

  @Test
  void aFunnelHasAName() {
    long first = goals.add(site.id(), event("Cart")).await().id();
    long second = goals.add(site.id(), event("Paid")).await().id();
    funnels.add(site.id(), "Checkout", List.of(first, second)).await();

    assertThatThrownBy(() -> funnels.add(site.id(), "Checkout", List.of(second, first)).await())
        .hasMessage("name: another funnel is called 'Checkout'; choose another name");
  }

  @Test
  void aFunnelIsOfOneSite() {
    long first = goals.add(site.id(), event("Cart")).await().id();
    long second = goals.add(site.id(), event("Paid")).await().id();
    Funnel funnel = funnels.add(site.id(), "Checkout", List.of(first, second)).await();

    assertThat(funnels.all(other.id()).await()).isEmpty();
    assertThat(funnels.remove(other.id(), funnel.id()).await()).isFalse();
    assertThat(funnels.all(site.id()).await()).containsExactly(funnel);
  }

  @Test
  void aSiteHasNoMoreFunnelsThanCanBeLookedThrough() {
    long first = goals.add(site.id(), event("Cart")).await().id();
    long second = goals.add(site.id(), event("Paid")).await().id();
    List<Long> steps = List.of(first, second);
    IntStream.range(0, 100).forEach(i -> funnels.add(site.id(), "Funnel " + i, steps).await());

    assertThatThrownBy(() -> funnels.add(site.id(), "One more", steps).await())
        .hasMessage("a site has at most 100 funnels; remove one first");
  }

  @Test
  void aPropertyIsOfOneSite() {
    Properties properties = new Properties(database.pool());
    properties.add(site.id(), "plan").await();

    assertThat(properties.all(other.id()).await()).isEmpty();
    assertThat(properties.remove(other.id(), "plan").await()).isFalse();
    assertThat(properties.all(site.id()).await()).containsExactly("plan");
  }

  @Test
  void aSiteHasNoMorePropertiesThanCanBeTotalled() {
    Properties properties = new Properties(database.pool());
    IntStream.range(0, 100).forEach(i -> properties.add(site.id(), "plan " + i).await());

    assertThatThrownBy(() -> properties.add(site.id(), "one more").await())
        .hasMessage("a site has at most 100 properties; remove one first");
    assertThat(properties.all(site.id()).await()).hasSize(100);
  }

  @Test
  void whatIsDefinedGoesWithItsSite() {
    goals.add(site.id(), event("Cart")).await();

    run("delete from site where domain = 'example.com'");

    assertThat(goals.all(site.id()).await()).isEmpty();
  }

  private static Goal.Definition event(String name) {
    return new Goal.Definition(null, new Condition.EventSent(name), Map.of(), null);
  }

  private static List<String> due(Site site) {
    return database
        .pool()
        .query(
            "select day from sealed_day where due and site_id = %d order by day"
                .formatted(site.id().value()))
        .execute()
        .await()
        .stream()
        .map(row -> row.getLocalDate("day"))
        .map(LocalDate::toString)
        .toList();
  }

  private static void run(String sql) {
    database.pool().query(sql).execute().await();
  }
}
