package dk.sporlos.door;

import dk.sporlos.site.Site;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Finds out what is kept of a visit as a whole: with what, from where and led by what the visitor
 * came. What it looks at is gone with the beacon; what it says are coarse classes.
 *
 * <p>Safe for use by many threads.
 */
public final class Enrichment {
  private final Clients clients;
  private final Places places;
  private final Sources sources = new Sources();

  public Enrichment(Places places, MeterRegistry meters) {
    this.clients = new Clients(meters);
    this.places = places;
  }

  /** Begins with what takes a while to load; called early, it is done by the time it is needed. */
  public static void prepare() {
    Agents.prepare();
  }

  /**
   * Waits for it, so that no beacon has to.
   *
   * @throws java.util.concurrent.CompletionException if it cannot be loaded
   */
  public static void await() {
    Agents.await();
  }

  /** The class of what a browser runs on; empty if it is not known. */
  String device(Sender sender) {
    return clients.client(sender, /* viewportWidth= */ null).device();
  }

  /**
   * What comes with the hit that opens a visit. An agent string that was not seen lately takes
   * about a millisecond.
   */
  Attributes attributes(Site site, Sender sender, Beacon beacon, Origin origin) {
    return new Attributes(
        clients.client(sender, beacon.viewportWidth()),
        places.place(sender.address().cut(), site.privacy().place()),
        sources.source(site, origin),
        origin.campaign());
  }
}
