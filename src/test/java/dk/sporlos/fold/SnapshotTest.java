package dk.sporlos.fold;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SnapshotTest {
  private static final Instant TAKEN = Instant.parse("2026-11-02T10:00:00Z");

  @Test
  void isKeptTenSecondsAtLeast() {
    assertThat(snapshot(5).dueAt()).isEqualTo(TAKEN.plusSeconds(10));
    assertThat(snapshot(1_000).dueAt()).isEqualTo(TAKEN.plusSeconds(10));
  }

  @Test
  void isKeptTenTimesAsLongAsItTook() {
    assertThat(snapshot(3_000).dueAt()).isEqualTo(TAKEN.plusSeconds(30));
  }

  @Test
  void servesWhileTheNextIsBeingMadeAndNoLonger() {
    assertThat(snapshot(3_000).serves(TAKEN.plusSeconds(60))).isTrue();
    assertThat(snapshot(3_000).serves(TAKEN.plusSeconds(61))).isFalse();
  }

  @Test
  void doesNotServeForEverOnceTheClockWentBack() {
    assertThat(snapshot(5).serves(TAKEN.minusSeconds(1))).isTrue();
    assertThat(snapshot(5).serves(TAKEN.minusSeconds(11))).isFalse();
  }

  @Test
  void isForgottenAMinuteAfterItServed() {
    assertThat(snapshot(5).isForgotten(TAKEN.plusSeconds(80))).isFalse();
    assertThat(snapshot(5).isForgotten(TAKEN.plusSeconds(81))).isTrue();
  }

  private static Snapshot snapshot(int millis) {
    return new Snapshot(TAKEN, Duration.ofMillis(millis));
  }
}
