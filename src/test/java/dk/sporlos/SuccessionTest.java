package dk.sporlos;

import static dk.sporlos.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.sporlos.door.Deliveries;
import dk.sporlos.door.Memories;
import dk.sporlos.door.SecretBytes;
import dk.sporlos.http.Sockets;
import dk.sporlos.testing.MovableClock;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process and its successor say to each other, and what becomes of either without it. */
final class SuccessionTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final MovableClock clock = new MovableClock("2026-11-23T09:00:00Z");
  private final Queue<Boolean> sharing = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean asked = new AtomicBoolean();

  @TempDir private Path spool;

  private HandOverPlace place;
  private Successors predecessor;

  @BeforeEach
  void listen() throws IOException {
    place = Objects.requireNonNull(HandOverPlace.of(spool));
    predecessor = Successors.listen(place, sharing::add, () -> asked.set(true));
  }

  @AfterEach
  void close() throws IOException {
    predecessor.close();
    predecessor.end();
    Files.deleteIfExists(place.file());
    Files.deleteIfExists(place.socket());
    Files.deleteIfExists(place.directory());
  }

  @Test
  void theSuccessorTakesTheMemoryAndWaitsForTheEnd() throws Throwable {
    Succession successor = successor();

    assertThat(successor.find()).isTrue();
    CompletableFuture<Void> succeeded =
        CompletableFuture.runAsync(() -> successor.succeed(Map.of()));
    eventually(() -> assertThat(asked).isTrue());
    byte[] memory = memory();
    try (SecretBytes sent = new SecretBytes()) {
      sent.write(memory);
      assertThat(predecessor.bequeath(sent)).isTrue();
    }

    assertThat(succeeded).isNotDone();
    predecessor.end();
    succeeded.join();
    assertThat(successor.inherited()).isEqualTo(memory);
    assertThat(successor.inherited()).isNull();
    assertThat(sharing).containsExactly(true);
  }

  @Test
  void oneThatDiesBeforeItAsksForMemoryChangesNothingAndAnotherMayCome() throws Throwable {
    Predecessor dying = Objects.requireNonNull(Predecessor.find(place));
    dying.sharePorts();

    dying.close();

    eventually(() -> assertThat(sharing).containsExactly(true, false));
    assertThat(asked).isFalse();
    assertThat(bequeathed()).isFalse();
    try (Predecessor next = Predecessor.find(place)) {
      assertThat(next).isNotNull();
    }
  }

  @Test
  void oneThatDiesAfterItHasAskedLeavesTheMemoryToAFile() throws Throwable {
    Line dying = greet(Successors.VERSION);
    assertThat(dying.read(PATIENCE)).isEqualTo(Successors.WELCOME);
    dying.write(Successors.SHARE);
    assertThat(dying.read(PATIENCE)).isEqualTo(Successors.SHARED);
    dying.write(Successors.GIVE);
    eventually(() -> assertThat(asked).isTrue());

    dying.close();

    assertThat(bequeathed()).isFalse();
  }

  @Test
  void ofTwoAtOnceOneIsSentAway() throws Throwable {
    try (Predecessor first = Predecessor.find(place)) {
      assertThat(first).isNotNull();
      assertThatThrownBy(() -> Predecessor.find(place))
          .isInstanceOf(SuccessionException.class)
          .hasMessageContaining("Another process is taking over");
    }
  }

  @Test
  void oneThatSpeaksAnotherFormIsSentAway() throws Throwable {
    try (Line other = greet(Successors.VERSION + 1)) {
      assertThat(other.read(PATIENCE)).isEqualTo(Successors.OTHER_VERSION);
      assertThatThrownBy(() -> other.read(PATIENCE)).isInstanceOf(EOFException.class);
    }
    assertThat(sharing).isEmpty();
  }

  @Test
  void aSuccessorWhosePredecessorDiesGoesOnWithoutMemory() throws Throwable {
    Succession successor = successor();
    assertThat(successor.find()).isTrue();

    predecessor.close();
    successor.succeed(Map.of());

    assertThat(successor.inherited()).isNull();
  }

  @Test
  void aProcessThatStopsIsNotFound() throws Throwable {
    predecessor.close();

    assertThat(successor().find()).isFalse();
  }

  @Test
  void aSocketThatADeadProcessLeftIsNobodys() throws Throwable {
    Path left = place.socket().resolveSibling("left");
    Files.createLink(left, place.socket());
    predecessor.close();
    Files.move(left, place.socket());

    assertThat(successor().find()).isFalse();
  }

  @Test
  void aSocketThatOthersCouldHaveMadeIsNotBelieved() throws Throwable {
    Files.setPosixFilePermissions(place.socket(), PosixFilePermissions.fromString("rw-rw-rw-"));

    assertThatThrownBy(() -> successor().find())
        .isInstanceOf(SuccessionException.class)
        .hasMessageContaining("is not this user's alone");
  }

  @Test
  void nobodyElseMayReachTheSocket() throws Throwable {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place.socket())))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place.directory())))
        .isEqualTo("rwx------");
  }

  private Succession successor() {
    return new Succession(place, spool, new Sockets());
  }

  private Line greet(int version) throws IOException {
    Line line = new Line(SocketChannel.open(UnixDomainSocketAddress.of(place.socket())));
    line.write(Successors.SIGN);
    line.write(version);
    return line;
  }

  private byte[] memory() {
    byte[] bytes = new byte[200_000];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  private boolean bequeathed() {
    try (SecretBytes bytes =
        new Memories(List.of(new Deliveries(clock, new SecureRandom()))).write(clock.instant())) {
      return predecessor.bequeath(bytes);
    }
  }
}
