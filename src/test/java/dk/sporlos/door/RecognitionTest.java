package dk.sporlos.door;

import static dk.sporlos.door.FakeVisitors.ENGAGEMENT;
import static dk.sporlos.door.FakeVisitors.EVENT;
import static dk.sporlos.door.FakeVisitors.SITE;
import static dk.sporlos.door.FakeVisitors.VIEW;
import static dk.sporlos.door.FakeVisitors.aSender;
import static dk.sporlos.door.FakeVisitors.aSite;
import static dk.sporlos.door.FakeVisitors.visitorsOf;
import static dk.sporlos.door.FakeVisitors.visitsOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RecognitionTest {
  private final FakeVisitors visitors = new FakeVisitors(1_000, 1_000);

  @Test
  void countsActionsOfOneSenderAsStepsOfOneVisit() {
    Recognised first = visitors.recognise(VIEW, "/a");
    Recognised second = visitors.recognise(EVENT, "/a");
    Recognised third = visitors.recognise(VIEW, "/b");

    assertThat(List.of(first.step(), second.step(), third.step())).containsExactly(0, 1, 2);
    assertThat(visitsOf(first, second, third)).hasSize(1);
    assertThat(visitorsOf(first, second, third)).hasSize(1);
    assertThat(first.visit()).isNotEqualTo(first.visitor());
    assertThat(visitors.recognition.openVisits()).isEqualTo(1);
  }

  @Test
  void saysWhichActionOpensItsVisit() {
    assertThat(visitors.recognise(VIEW, "/a").opens()).isTrue();
    assertThat(visitors.recognise(ENGAGEMENT, "/a").opens()).isFalse();
    assertThat(visitors.recognise(EVENT, "/a").opens()).isFalse();

    visitors.clock.move(Duration.ofMinutes(30));
    assertThat(visitors.recognise(VIEW, "/a").opens()).isTrue();
  }

  @Test
  void tellsSendersSitesAndBrowsersApart() {
    Recognised one = visitors.recognise(VIEW, "/");
    Recognised neighbour = visitors.recognise(SITE, aSender("192.0.3.1", "Agent"), VIEW, "/");
    Recognised browser = visitors.recognise(SITE, aSender("192.0.2.1", "Other"), VIEW, "/");
    Recognised site = visitors.recognise(aSite(2, "Europe/Copenhagen"), aSender(), VIEW, "/");

    assertThat(visitsOf(one, neighbour, browser, site)).hasSize(4);
    assertThat(visitorsOf(one, neighbour, browser, site)).hasSize(4);
  }

  @Test
  void beginsAnotherVisitOfTheSameVisitorAfterHalfAnHour() {
    Recognised first = visitors.recognise(VIEW, "/");
    visitors.clock.move(Duration.ofMinutes(30).minusSeconds(1));
    Recognised inTime = visitors.recognise(VIEW, "/");
    visitors.clock.move(Duration.ofMinutes(30));
    Recognised late = visitors.recognise(VIEW, "/");

    assertThat(inTime.visit()).isEqualTo(first.visit());
    assertThat(late.visit()).isNotEqualTo(first.visit());
    assertThat(late.step()).isZero();
    assertThat(visitorsOf(first, inTime, late)).hasSize(1);
    assertThat(visitors.ended)
        .containsExactly(new EndedVisit(SITE.id(), first.visit(), first.at()));
  }

  @Test
  void handsAnIdleVisitOverOnce() {
    Recognised visit = visitors.recognise(VIEW, "/");

    visitors.clock.move(Duration.ofMinutes(30).minusSeconds(1));
    visitors.recognition.expire();
    assertThat(visitors.ended).isEmpty();

    visitors.clock.move(Duration.ofSeconds(3));
    visitors.recognition.expire();
    visitors.recognition.expire();
    assertThat(visitors.ended)
        .containsExactly(new EndedVisit(SITE.id(), visit.visit(), visit.at()));
    assertThat(visitors.recognition.openVisits()).isZero();

    assertThat(visitors.recognise(VIEW, "/").visit()).isNotEqualTo(visit.visit());
    assertThat(visitors.ended).hasSize(1);
  }

  @Test
  void handsAnyNumberOfIdleVisitsOverAtOnce() {
    FakeVisitors visitors = new FakeVisitors(10_000, 10_000);
    for (int i = 0; i < 5_000; i++) {
      visitors.recognise(
          SITE, aSender("192." + i / 250 + "." + i % 250 + ".1", "Agent"), VIEW, "/");
    }
    visitors.clock.move(Duration.ofMinutes(31));

    visitors.recognition.expire();

    assertThat(visitors.ended).hasSize(5_000).doesNotHaveDuplicates();
    assertThat(visitors.recognition.evictedVisits()).isZero();
  }

  @Test
  void countsTheHalfHourFromTheLastHit() {
    visitors.recognise(VIEW, "/");
    for (int i = 0; i < 6; i++) {
      visitors.clock.move(Duration.ofMinutes(29));
      visitors.recognition.expire();
      visitors.recognise(ENGAGEMENT, "/");
    }

    assertThat(visitors.ended).isEmpty();
  }

  @Test
  void cutsAVisitAtFourHours() {
    Recognised first = visitors.recognise(VIEW, "/");
    Recognised last = first;
    for (int i = 0; i < 11; i++) {
      visitors.clock.move(Duration.ofMinutes(20));
      last = visitors.recognise(VIEW, "/");
    }
    visitors.clock.move(Duration.ofMinutes(20).minusSeconds(1));
    Recognised justInTime = visitors.recognise(VIEW, "/");
    visitors.clock.move(Duration.ofSeconds(1));
    Recognised next = visitors.recognise(VIEW, "/");

    assertThat(visitsOf(first, last, justInTime)).hasSize(1);
    assertThat(next.visit()).isNotEqualTo(first.visit());
    assertThat(next.visitor()).isEqualTo(first.visitor());
    assertThat(visitors.ended)
        .containsExactly(new EndedVisit(SITE.id(), first.visit(), first.at()));
  }

  @Test
  void takesNoEngagementOfAVisitThatIsFourHoursOld() {
    visitors.recognise(VIEW, "/");
    for (int i = 0; i < 12; i++) {
      visitors.clock.move(Duration.ofMinutes(20).minusMillis(i == 0 ? 1 : 0));
      visitors.recognise(ENGAGEMENT, "/");
    }
    visitors.clock.move(Duration.ofMillis(1));

    assertThat(visitors.recogniseOrNot(ENGAGEMENT, "/")).isNull();
    assertThat(visitors.ended).hasSize(1);
    assertThat(visitors.recognition.openVisits()).isZero();
  }

  @Test
  void cutsAVisitAt500Steps() {
    Recognised first = visitors.recognise(VIEW, "/");
    Recognised last = first;
    for (int i = 1; i < 500; i++) {
      last = visitors.recognise(VIEW, "/");
    }
    Recognised engagement = visitors.recognise(ENGAGEMENT, "/");
    Recognised next = visitors.recognise(VIEW, "/");

    assertThat(last.step()).isEqualTo(499);
    assertThat(visitsOf(first, last, engagement)).hasSize(1);
    assertThat(next.visit()).isNotEqualTo(first.visit());
    assertThat(next.step()).isZero();
    assertThat(next.visitor()).isEqualTo(first.visitor());
    assertThat(visitors.ended)
        .containsExactly(new EndedVisit(SITE.id(), first.visit(), first.at()));
  }

  @Test
  void givesAnEngagementTheStepOfTheLatestViewOfItsPage() {
    visitors.recognise(VIEW, "/a");
    visitors.recognise(VIEW, "/b");
    visitors.recognise(VIEW, "/a");
    visitors.recognise(VIEW, "/c");
    visitors.recognise(EVENT, "/c");

    assertThat(visitors.recognise(ENGAGEMENT, "/a").step()).isEqualTo(2);
    assertThat(visitors.recognise(ENGAGEMENT, "/b").step()).isEqualTo(1);
    assertThat(visitors.recognise(ENGAGEMENT, "/unseen").step()).isEqualTo(3);
    assertThat(visitors.recognise(VIEW, "/d").step()).isEqualTo(5);
  }

  @Test
  void opensNoVisitForAnEngagement() {
    assertThat(visitors.recogniseOrNot(ENGAGEMENT, "/")).isNull();
    assertThat(visitors.recognition.openVisits()).isZero();

    visitors.recognise(EVENT, "/");
    assertThat(visitors.recogniseOrNot(ENGAGEMENT, "/")).isNull();
    assertThat(visitors.recognition.openVisits()).isEqualTo(1);
  }

  @Test
  void datesNoHitBeforeItsVisit() {
    Recognised first = visitors.recognise(VIEW, "/");
    Recognised repeated = visitors.recognise(VIEW, "/", first.at().minusSeconds(300));

    assertThat(repeated.visit()).isEqualTo(first.visit());
    assertThat(repeated.at()).isEqualTo(first.at());
  }

  @Test
  void handsEvictedVisitsOverAndCountsThem() {
    FakeVisitors visitors = new FakeVisitors(10, 1_000);
    Set<Long> open = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      open.add(visitors.recognise(SITE, aSender("192.0." + i + ".1", "Agent"), VIEW, "/").visit());
    }
    visitors.recognition.expire();

    assertThat(visitors.recognition.openVisits()).isEqualTo(10);
    assertThat(visitors.recognition.evictedVisits()).isEqualTo(90);
    assertThat(visitors.ended).hasSize(90).doesNotHaveDuplicates();
    assertThat(open).containsAll(visitors.ended.stream().map(EndedVisit::visit).toList());
  }

  @Test
  void countsVisitorsThatItCannotRemember() {
    FakeVisitors visitors = new FakeVisitors(1_000, 2);
    Recognised first = visitors.recognise(SITE, aSender("192.0.2.1", "Agent"), VIEW, "/");
    visitors.recognise(SITE, aSender("192.0.3.1", "Agent"), VIEW, "/");
    Recognised third = visitors.recognise(SITE, aSender("192.0.4.1", "Agent"), VIEW, "/");
    visitors.clock.move(Duration.ofHours(1));

    assertThat(visitors.recognise(SITE, aSender("192.0.2.1", "Agent"), VIEW, "/").visitor())
        .isEqualTo(first.visitor());
    assertThat(visitors.recognise(SITE, aSender("192.0.4.1", "Agent"), VIEW, "/").visitor())
        .isNotEqualTo(third.visitor());
    assertThat(visitors.recognition.unrememberedVisitors()).isEqualTo(2);
  }
}
