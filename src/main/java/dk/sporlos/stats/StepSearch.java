package dk.sporlos.stats;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Finds visits of which a step may be one of a few, without unpacking them. */
final class StepSearch {

  /*
   * Bytes of a step are looked for wherever they stand, which takes a tenth of the time of
   * unpacking. They may stand across two numbers by chance, so what is found has to be looked at
   * again. Past so many, looking for one after the other takes longer than sending all visits.
   */
  private static final int MOST = 16;

  private StepSearch() {}

  /**
   * A condition over {@code visited.steps} that no visit with such a step fails; its parameters are
   * added.
   *
   * @param numbers of pages; of events, negative
   */
  static String condition(int[] numbers, Tuple parameters) {
    if (numbers.length > MOST) {
      return "true";
    }
    if (numbers.length == 0) {
      return "false";
    }
    int first = parameters.size() + 1;
    for (int number : numbers) {
      parameters.addBuffer(Buffer.buffer().appendInt(number));
    }
    return IntStream.range(first, first + numbers.length)
        .mapToObj(parameter -> "position($%d::bytea in visited.steps) > 0".formatted(parameter))
        .collect(Collectors.joining(" or ", "(", ")"));
  }
}
