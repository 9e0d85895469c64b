package dk.sporlos.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MomentsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-03-29T14:05:09Z",
        "2026-03-29T14:05:09+02:00",
        "2024-02-29T23:59:59-09:30",
        "0001-01-01T00:00:00+18:00",
        "9999-12-31T23:59:59-18:00",
        "2026-03-29T14:05:09-00:00",
        "2026-03-29T14:05:09.987Z",
        "2026-03-29T14:05Z",
        "2026-03-29t14:05:09z",
        "2026-03-29T14:05:09+0200",
        "2026-03-29T14:05:09+02",
        "+12026-03-29T14:05:09Z",
        "2026-02-29T14:05:09Z",
        "2026-13-01T14:05:09Z",
        "2026-00-01T14:05:09Z",
        "2026-03-00T14:05:09Z",
        "2026-03-29T24:00:00Z",
        "2026-03-29T14:60:09Z",
        "2026-03-29T14:05:60Z",
        "2026-03-29T14:05:09+18:01",
        "2026-03-29T14:05:09+02:60",
        "2026-03-29 14:05:09Z",
        "2026/03/29T14:05:09Z",
        "2026-03-29T14.05:09Z",
        "2026-03-29T14:05:09*02:00",
        "2026-03-29T14:05:09",
        "٢٠٢٦-03-29T14:05:09Z",
        "",
      })
  void readsWhatTheLibraryReads(String text) {
    OffsetDateTime expected = parsed(text);
    if (expected == null) {
      assertThatThrownBy(() -> Moments.parse(text)).isInstanceOf(DateTimeException.class);
    } else {
      assertThat(Moments.parse(text).getEpochSecond()).isEqualTo(expected.toEpochSecond());
    }
  }

  private static OffsetDateTime parsed(String text) {
    try {
      return OffsetDateTime.parse(text);
    } catch (DateTimeException unreadable) {
      return null;
    }
  }
}
