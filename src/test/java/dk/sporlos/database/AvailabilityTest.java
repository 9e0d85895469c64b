package dk.sporlos.database;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.testing.LogLines;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class AvailabilityTest {

  @Test
  void aDatabaseThatComesAndGoesAllTheTimeDoesNotFillTheLog() {
    Availability availability = new Availability(new SimpleMeterRegistry());
    try (LogLines log = new LogLines()) {
      for (int i = 0; i < 100; i++) {
        availability.lost(new IllegalStateException());
        assertThat(availability.isAway()).isTrue();
        availability.found();
        assertThat(availability.isAway()).isFalse();
      }

      assertThat(log.lines()).hasSize(2);
      assertThat(log.lines().get(0)).startsWith("the database is away: ");
      assertThat(log.lines().get(1)).isEqualTo("the database is back");
    }
  }
}
