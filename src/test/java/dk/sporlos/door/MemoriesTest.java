package dk.sporlos.door;

import static dk.sporlos.door.FakeVisitors.ENGAGEMENT;
import static dk.sporlos.door.FakeVisitors.SITE;
import static dk.sporlos.door.FakeVisitors.VIEW;
import static dk.sporlos.door.FakeVisitors.aSender;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class MemoriesTest {
  private final FakeVisitors before = new FakeVisitors(5_000, 5_000);
  private final FakeVisitors after = new FakeVisitors(5_000, 5_000);

  @Test
  void knowsAThousandVisitorsAndTheirOpenVisitsAgain() throws Exception {
    List<Recognised> first = thousand(before);

    assertThat(taken(written())).isTrue();

    List<Recognised> second = thousand(after);
    assertThat(second).extracting(Recognised::visit).isEqualTo(visits(first));
    assertThat(second).extracting(Recognised::visitor).isEqualTo(visitors(first));
    assertThat(second).allMatch(recognised -> recognised.step() == 1 && !recognised.opens());
    assertThat(after.recognition.openVisits()).isEqualTo(1_000);
  }

  @Test
  void knowsAVisitorWhoseVisitIsOverAgain() throws Exception {
    Recognised first = before.recognise(VIEW, "/");
    move(Duration.ofMinutes(31));
    before.recognition.expire();

    assertThat(taken(written())).isTrue();

    Recognised second = after.recognise(VIEW, "/");
    assertThat(second.visitor()).isEqualTo(first.visitor());
    assertThat(second.visit()).isNotEqualTo(first.visit());
  }

  @Test
  void endsAHandedOverVisitHalfAnHourAfterItsLastHit() throws Exception {
    Recognised visit = before.recognise(VIEW, "/");
    move(Duration.ofMinutes(25));
    assertThat(taken(written())).isTrue();

    after.clock.move(Duration.ofMinutes(4));
    after.recognition.expire();
    assertThat(after.ended).isEmpty();

    after.clock.move(Duration.ofSeconds(62));
    after.recognition.expire();
    assertThat(after.ended).containsExactly(new EndedVisit(SITE.id(), visit.visit(), visit.at()));
  }

  @Test
  void findsTheStepOfAPageThatThePredecessorSaw() throws Exception {
    before.recognise(VIEW, "/a");
    before.recognise(VIEW, "/b");
    assertThat(taken(written())).isTrue();

    assertThat(after.recognise(ENGAGEMENT, "/a").step()).isZero();
    assertThat(after.recognise(ENGAGEMENT, "/b").step()).isEqualTo(1);
  }

  @Test
  void continuesOverMidnightWithYesterdaysKey() throws Exception {
    move(Duration.ofHours(13).plusMinutes(50)); // 23:50 in Copenhagen
    Recognised first = before.recognise(VIEW, "/");
    move(Duration.ofMinutes(20));
    before.recognise(SITE, aSender("192.0.9.1", "Agent"), VIEW, "/");
    assertThat(taken(written())).isTrue();

    Recognised second = after.recognise(VIEW, "/");
    after.clock.move(Duration.ofHours(10));
    Recognised nextMorning = after.recognise(VIEW, "/");

    assertThat(second.visit()).isEqualTo(first.visit());
    assertThat(nextMorning.visit()).isNotEqualTo(first.visit());
    assertThat(nextMorning.visitor()).isNotEqualTo(first.visitor());
  }

  @Test
  void knowsABeaconThatThePredecessorStored() throws Exception {
    Deliveries stored = new Deliveries(before.clock, new SecureRandom());
    Deliveries successors = new Deliveries(before.clock, new SecureRandom());
    if (stored.enter(SITE.id(), "nonce") instanceof Deliveries.Entry.First first) {
      first.delivery().done();
    }
    byte[] bytes = new Memories(List.of(stored)).write(before.clock.instant()).copy();

    assertThat(new Memories(List.of(successors)).take(bytes, before.clock.instant())).isTrue();

    assertThat(successors.enter(SITE.id(), "nonce")).isInstanceOf(Deliveries.Entry.Again.class);
    assertThat(successors.enter(SITE.id(), "other")).isInstanceOf(Deliveries.Entry.First.class);
    assertThat(successors.remembered()).isEqualTo(1);
  }

  @Test
  void takesNothingOfWhatIsCutShortAnywhere() {
    before.recognise(VIEW, "/");
    byte[] whole = written();

    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> taken(part)).isInstanceOf(Memories.RefusedException.class);
    }
    assertThat(after.recognition.openVisits()).isZero();
  }

  @Test
  void refusesAMemoryThatIsDamagedBeneathASoundChecksum() {
    before.recognise(VIEW, "/");
    byte[] whole = contents(before.recognition.memory());

    for (int length = 0; length < whole.length; length++) {
      java.nio.ByteBuffer part = java.nio.ByteBuffer.wrap(whole, 0, length);
      assertThatThrownBy(() -> after.recognition.memory().read(part))
          .isInstanceOf(RuntimeException.class);
    }
  }

  @Test
  void doesNotBelieveWhatIsTenMinutesOld() {
    before.recognise(VIEW, "/");
    byte[] bytes = written();
    after.clock.move(Memories.LONGEST.plusMillis(1));

    assertThatThrownBy(() -> taken(bytes)).isInstanceOf(Memories.RefusedException.class);
    assertThat(after.recognition.openVisits()).isZero();
  }

  @Test
  void saysThatItIsNotAllWhereAPartIsOfAnotherVersion() throws Exception {
    byte[] bytes = new Memories(List.of()).write(before.clock.instant()).copy();

    assertThat(taken(bytes)).isFalse();
  }

  @Test
  void takesNothingOfWhatIsDamagedAnywhere() {
    byte[] whole = new Memories(List.of(new Note(1))).write(before.clock.instant()).copy();
    Note successors = new Note(1);

    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 1;
      assertThatThrownBy(
              () -> new Memories(List.of(successors)).take(damaged, before.clock.instant()))
          .isInstanceOf(Memories.RefusedException.class);
    }
    assertThat(successors.taken).isNull();
  }

  @Test
  void passesOverAMemoryThatIsWrittenInAnotherVersion() throws Exception {
    byte[] bytes = new Memories(List.of(new Note(1))).write(before.clock.instant()).copy();
    Note newer = new Note(2);
    Note same = new Note(1);

    assertThat(new Memories(List.of(newer)).take(bytes, before.clock.instant())).isFalse();
    assertThat(new Memories(List.of(same)).take(bytes, before.clock.instant())).isTrue();

    assertThat(newer.taken).isNull();
    assertThat(same.taken).isEqualTo(Note.TEXT);
  }

  /** A memory that takes any bytes for its own. */
  private static final class Note implements Memory {
    static final String TEXT = "seen today";

    private final int version;
    private @Nullable String taken;

    Note(int version) {
      this.version = version;
    }

    @Override
    public String name() {
      return "note";
    }

    @Override
    public int version() {
      return version;
    }

    @Override
    public void writeTo(DataOutput out) throws IOException {
      out.write(TEXT.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Runnable read(ByteBuffer in) {
      String text = StandardCharsets.UTF_8.decode(in).toString();
      return () -> taken = text;
    }
  }

  @Test
  void zeroesWhatWasWritten() {
    SecretBytes bytes = new SecretBytes();
    bytes.write(new byte[] {1, 2, 3}, 0, 3);

    bytes.close();

    assertThat(bytes.length()).isZero();
    assertThat(bytes.copy()).isEmpty();
  }

  private byte[] written() {
    try (SecretBytes bytes =
        new Memories(List.of(before.recognition.memory())).write(before.clock.instant())) {
      return bytes.copy();
    }
  }

  private static byte[] contents(Memory memory) {
    SecretBytes bytes = new SecretBytes();
    try {
      memory.writeTo(new java.io.DataOutputStream(bytes));
    } catch (java.io.IOException impossible) {
      throw new java.io.UncheckedIOException(impossible);
    }
    return bytes.copy();
  }

  private boolean taken(byte[] bytes) throws Memories.RefusedException {
    return new Memories(List.of(after.recognition.memory())).take(bytes, after.clock.instant());
  }

  private void move(Duration duration) {
    before.clock.move(duration);
    after.clock.move(duration);
  }

  private static List<Recognised> thousand(FakeVisitors visitors) {
    List<Recognised> recognised = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      recognised.add(
          visitors.recognise(
              SITE, aSender("192." + i / 250 + "." + i % 250 + ".1", "Agent"), VIEW, "/"));
    }
    return recognised;
  }

  private static List<Long> visits(List<Recognised> recognised) {
    return recognised.stream().map(Recognised::visit).toList();
  }

  private static List<Long> visitors(List<Recognised> recognised) {
    return recognised.stream().map(Recognised::visitor).toList();
  }
}
