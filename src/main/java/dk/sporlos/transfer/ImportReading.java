package dk.sporlos.transfer;

import dk.sporlos.door.ImportedLines;
import dk.sporlos.http.Bodies;
import dk.sporlos.site.Site;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The body of one import, read as it comes: what came is worked through on a worker thread before
 * more is taken from the connection, so a body of any length takes little memory beside what is
 * kept of its lines.
 */
final class ImportReading {

  private final Vertx vertx;
  private final Clock clock;
  private final HttpServerRequest request;
  private final Function<String, Future<Site>> opening;
  private final Promise<Read> outcome = Promise.promise();
  private final Faults faults = new Faults();
  private final LineSplitter splitter = new LineSplitter(this::line);

  /** What came before the first line was whole. */
  private Buffer head = Buffer.buffer();

  private @Nullable ImportedLines lines;

  /** What is still being worked through; the end of a body may be heard of before. */
  private Future<?> underWay = Future.succeededFuture();

  /**
   * What a body holds.
   *
   * @param lines null if there is no line at all, or none that names a site
   */
  record Read(@Nullable ImportedLines lines, Faults faults) {}

  /**
   * @param opening opens the site of a domain, before anything is kept of the lines; what it fails
   *     with the reading fails with
   */
  ImportReading(
      Vertx vertx, Clock clock, HttpServerRequest request, Function<String, Future<Site>> opening) {
    this.vertx = vertx;
    this.clock = clock;
    this.request = request;
    this.opening = opening;
  }

  /**
   * Reads the body. After a failure what is still to come is thrown away as it arrives, so that the
   * client gets to read the answer.
   */
  Future<Read> read() {
    request
        .handler(this::chunk)
        .exceptionHandler(closed -> outcome.tryFail(new Bodies.AbortedException()))
        .endHandler(end -> end());
    return outcome.future();
  }

  private void chunk(Buffer chunk) {
    if (!outcome.future().isComplete()) {
      request.pause();
      underWay = underWay.compose(before -> take(chunk));
      underWay.onFailure(outcome::tryFail).onComplete(taken -> request.resume());
    }
  }

  private Future<?> take(Buffer chunk) {
    if (outcome.future().isComplete()) {
      return Future.succeededFuture();
    }
    if (lines != null) {
      return work(() -> splitter.add(chunk));
    }
    head.appendBuffer(chunk);
    int end = endOfFirstLine();
    return end < 0 && head.length() <= LineSplitter.LONGEST
        ? Future.succeededFuture()
        : begin(head.slice(0, end < 0 ? 0 : end));
  }

  private int endOfFirstLine() {
    for (int i = 0; i < head.length(); i++) {
      if (head.getByte(i) == '\n') {
        return i;
      }
    }
    return -1;
  }

  /** Opens the site that the first line names, and works through what came so far. */
  private Future<?> begin(Buffer first) {
    String domain = ImportedLines.domain(first);
    if (domain == null) {
      faults.add(1, "The first line is no JSON object with the site's domain as `site`.");
      outcome.tryComplete(new Read(null, faults));
      return Future.succeededFuture();
    }
    return opening
        .apply(domain)
        .compose(
            site -> {
              lines = new ImportedLines(site, clock.instant());
              Buffer before = head;
              head = Buffer.buffer();
              return work(() -> splitter.add(before));
            });
  }

  private void end() {
    underWay
        .compose(taken -> takeLast())
        .map(done -> new Read(lines, faults))
        .onComplete(outcome::tryComplete, outcome::tryFail);
  }

  private Future<?> takeLast() {
    boolean begun = lines != null || head.length() == 0 || outcome.future().isComplete();
    return (begun ? Future.succeededFuture() : begin(head)).compose(done -> work(splitter::finish));
  }

  private void line(int number, @Nullable Buffer line) {
    ImportedLines into = lines;
    if (into == null) {
      throw new IllegalStateException("lines are read once their site is open");
    }
    String complaint =
        line == null
            ? "This line is longer than %,d bytes.".formatted(LineSplitter.LONGEST)
            : into.add(line);
    if (complaint != null) {
      faults.add(number, complaint);
    }
  }

  private Future<?> work(Runnable work) {
    return vertx.executeBlocking(
        () -> {
          work.run();
          return work;
        });
  }
}
