package dk.sporlos.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.door.Action;
import dk.sporlos.door.Hit;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoVisitsTest {
  private static final Instant MIDNIGHT = Instant.parse("2026-10-05T22:00:00Z");
  private static final Instant NEXT_MIDNIGHT = MIDNIGHT.plus(Duration.ofDays(1));

  private final DemoVisits demo =
      new DemoVisits(new Site(new SiteId(1), "demo.example", ZoneId.of("Europe/Copenhagen"), true));

  @Test
  void areTheSameEachTime() {
    assertThat(demo.between(MIDNIGHT, NEXT_MIDNIGHT))
        .isEqualTo(demo.between(MIDNIGHT, NEXT_MIDNIGHT));
  }

  @Test
  void areTheSameWhetherAskedForAtOnceOrInParts() {
    Instant noon = MIDNIGHT.plus(Duration.ofHours(12));

    List<List<Hit>> parts = new ArrayList<>(demo.between(MIDNIGHT, noon));
    parts.addAll(demo.between(noon, NEXT_MIDNIGHT));

    assertThat(parts).isEqualTo(demo.between(MIDNIGHT, NEXT_MIDNIGHT));
  }

  @Test
  void areAboutAsManyAsASmallShopHas() {
    assertThat(demo.between(MIDNIGHT, NEXT_MIDNIGHT)).hasSizeBetween(300, 800);
  }

  @Test
  void beginWithAPageViewAndEndWithinTenMinutes() {
    assertThat(demo.between(MIDNIGHT, NEXT_MIDNIGHT))
        .allSatisfy(
            hits -> {
              Hit first = hits.get(0);
              assertThat(first.action()).isInstanceOf(Action.PageView.class);
              assertThat(first.step()).isZero();
              assertThat(hits)
                  .allMatch(hit -> !hit.at().isAfter(first.at().plus(DemoVisits.LONGEST)))
                  .allMatch(hit -> hit.visit() == first.visit());
            });
  }

  @Test
  void comeFromSomewhereWithTheFirstHitAlone() {
    List<List<Hit>> visits = demo.between(MIDNIGHT, NEXT_MIDNIGHT);

    assertThat(visits)
        .allSatisfy(
            hits -> {
              assertThat(hits.get(0).attributes()).isNotNull();
              assertThat(hits.subList(1, hits.size())).allMatch(hit -> hit.attributes() == null);
            });
    assertThat(visits.stream().map(hits -> hits.get(0).attributes().source().name()))
        .contains("", "Google", "Newsletter");
    assertThat(visits.stream().map(hits -> hits.get(0).attributes().place().country()))
        .contains("DK", "DE");
  }

  @Test
  void orderWhatTheyLookAt() {
    List<Hit> orders =
        demo.between(MIDNIGHT, NEXT_MIDNIGHT).stream()
            .flatMap(List::stream)
            .filter(hit -> hit.action().equals(new Action.Event("Order", true)))
            .toList();

    assertThat(orders)
        .hasSizeBetween(5, 80)
        .allSatisfy(
            order -> {
              assertThat(order.page().path()).startsWith("/products/");
              assertThat(order.revenue().currency()).isEqualTo("DKK");
              assertThat(order.properties()).containsKey("delivery");
            });
  }
}
