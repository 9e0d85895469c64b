package dk.sporlos.door;

import java.util.List;

/**
 * What the door decided about all that came with one request, in its order.
 *
 * @param bulk whether the request was in a form for several
 * @param quiet whether the sender asks for no picture and no report in return
 */
public record Judged(List<Verdict> verdicts, boolean bulk, boolean quiet) {
  public Judged {
    verdicts = List.copyOf(verdicts);
  }
}
