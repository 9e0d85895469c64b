package dk.sporlos.door;

import static dk.sporlos.door.FakeVisitors.ENGAGEMENT;
import static dk.sporlos.door.FakeVisitors.SITE;
import static dk.sporlos.door.FakeVisitors.VIEW;
import static dk.sporlos.door.FakeVisitors.aSender;
import static dk.sporlos.door.FakeVisitors.aSite;
import static dk.sporlos.door.FakeVisitors.visitorsOf;
import static dk.sporlos.door.FakeVisitors.visitsOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RecognitionOverDaysTest {
  private final FakeVisitors visitors = new FakeVisitors(1_000, 1_000);

  @Test
  void goesOnOverMidnightAndCountsTheVisitorAnewInTheMorning() {
    visitors.clock.set("2026-11-23T22:50:00Z");
    Recognised before = visitors.recognise(VIEW, "/a");
    visitors.clock.set("2026-11-23T23:10:00Z");
    Recognised after = visitors.recognise(VIEW, "/b");
    visitors.clock.set("2026-11-23T23:35:00Z");
    Recognised later = visitors.recognise(ENGAGEMENT, "/b");
    visitors.clock.set("2026-11-24T09:00:00Z");
    Recognised morning = visitors.recognise(VIEW, "/a");

    assertThat(visitsOf(before, after, later)).hasSize(1);
    assertThat(visitorsOf(before, after, later)).hasSize(1);
    assertThat(List.of(after.step(), later.step())).containsExactly(1, 1);
    assertThat(morning.visit()).isNotEqualTo(before.visit());
    assertThat(morning.visitor()).isNotEqualTo(before.visitor());
    assertThat(visitors.ended)
        .containsExactly(new EndedVisit(SITE.id(), before.visit(), before.at()));
  }

  @Test
  void givesAVisitorTheSameNumberForAllVisitsThatBeginOnADay() {
    visitors.clock.set("2026-11-23T22:50:00Z");
    visitors.recognise(VIEW, "/");
    visitors.clock.set("2026-11-23T23:10:00Z");
    visitors.recognise(VIEW, "/");
    visitors.clock.set("2026-11-24T09:00:00Z");
    Recognised morning = visitors.recognise(VIEW, "/");
    visitors.clock.set("2026-11-24T12:00:00Z");
    Recognised noon = visitors.recognise(VIEW, "/");

    assertThat(noon.visit()).isNotEqualTo(morning.visit());
    assertThat(noon.visitor()).isEqualTo(morning.visitor());
  }

  @Test
  void zeroesYesterdaysKeyOnceItsLastVisitIsIdle() {
    visitors.clock.set("2026-11-23T22:59:59Z");
    visitors.recognise(VIEW, "/");
    visitors.clock.set("2026-11-23T23:29:59Z");
    visitors.recognition.expire();
    assertThat(visitors.keys.get(0)).isNotEqualTo(new byte[DayKey.LENGTH]);

    visitors.clock.set("2026-11-23T23:30:00Z");
    visitors.recognition.expire();

    assertThat(visitors.keys).hasSize(1);
    assertThat(visitors.keys.get(0)).containsOnly(0);
  }

  @Test
  void makesAKeyForEachSiteAndDay() {
    visitors.recognise(VIEW, "/");
    visitors.recognise(aSite(2, "Europe/Copenhagen"), aSender(), VIEW, "/");
    visitors.clock.set("2026-11-23T23:00:00Z");
    visitors.recognise(VIEW, "/");

    assertThat(visitors.keys).hasSize(3);
    assertThat(new HashSet<>(visitors.keys.stream().map(List::of).toList())).hasSize(3);
  }

  @Test
  void countsARepeatedBeaconOfYesterdayAsYesterdays() {
    visitors.clock.set("2026-11-23T22:30:00Z");
    Recognised yesterday = visitors.recognise(VIEW, "/");
    visitors.clock.set("2026-11-23T23:05:00Z");
    Recognised repeated = visitors.recognise(VIEW, "/", Instant.parse("2026-11-23T22:58:00Z"));
    visitors.clock.set("2026-11-24T09:00:00Z");
    Recognised today = visitors.recognise(VIEW, "/");

    assertThat(repeated.visit()).isNotEqualTo(yesterday.visit());
    assertThat(repeated.visitor()).isEqualTo(yesterday.visitor());
    assertThat(repeated.at()).isEqualTo("2026-11-23T22:58:00Z");
    assertThat(today.visitor()).isNotEqualTo(yesterday.visitor());
  }

  @Test
  void givesARepeatedBeaconOfADayWithoutAKeyANumberOfItsOwn() {
    visitors.clock.set("2026-11-23T23:05:00Z");
    Recognised repeated = visitors.recognise(VIEW, "/", Instant.parse("2026-11-23T22:58:00Z"));
    visitors.clock.set("2026-11-24T09:00:00Z");
    Recognised today = visitors.recognise(VIEW, "/");

    assertThat(today.visitor()).isNotEqualTo(repeated.visitor());
  }

  @Test
  void standsAClockThatGoesBackALittle() {
    visitors.clock.set("2026-11-23T23:00:01Z");
    Recognised first = visitors.recognise(VIEW, "/");
    visitors.clock.set("2026-11-23T22:59:58Z");
    Recognised second = visitors.recognise(VIEW, "/");
    visitors.recognition.expire();
    visitors.clock.set("2026-11-23T23:29:00Z");
    Recognised third = visitors.recognise(VIEW, "/");

    assertThat(visitsOf(first, second, third)).hasSize(1);
    assertThat(visitors.ended).isEmpty();
  }

  @Test
  void standsAClockThatLeaps() {
    visitors.recognise(VIEW, "/");
    visitors.clock.set("2029-01-01T00:00:00Z");
    visitors.recognise(VIEW, "/");
    visitors.recognition.expire();
    assertThat(visitors.ended).hasSize(1);

    visitors.clock.set("2026-11-23T10:00:00Z");
    visitors.recognise(VIEW, "/");
    visitors.clock.set("2026-11-23T10:31:00Z");
    visitors.recognition.expire();

    assertThat(visitors.keys).hasSize(3);
    assertThat(visitors.keys.get(1)).containsOnly(0);
    assertThat(visitors.recognise(VIEW, "/").step()).isZero();
  }

  @Test
  void dropsTheKeysOfASiteThatMovesToAnotherZone() {
    Recognised before = visitors.recognise(VIEW, "/");
    Recognised after = visitors.recognise(aSite(1, "Pacific/Auckland"), aSender(), VIEW, "/");

    assertThat(after.visitor()).isNotEqualTo(before.visitor());
    assertThat(visitors.keys.get(0)).containsOnly(0);
  }
}
