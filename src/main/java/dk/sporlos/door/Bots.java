package dk.sporlos.door;

import dk.sporlos.door.AgentPatterns.Named;
import dk.sporlos.site.Dialect;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells programs from people: by the agent string, by what the tracker says of its browser, by
 * headers, and by the network. What it names is a family of a list that is shipped or one of a few
 * words, never text of a request.
 */
public final class Bots {

  /** The browser says that a program drives it. */
  static final String WEBDRIVER = "webdriver";

  /** Headers that no browser sends with a beacon. */
  static final String HEADERS = "headers";

  /** No language, which every browser sends. */
  static final String NO_LANGUAGE = "no-language";

  /** From a network that the operator lists as a data centre's. */
  static final String DATA_CENTRE = "data-centre";

  private static final String UMAMI_FOR_SERVERS = "Mozilla/5.0 Umami/";
  private static final String TAB = "\t";

  private final ProgramAgents agents;
  private final DataCentres dataCentres;

  private Bots(ProgramAgents agents, DataCentres dataCentres) {
    this.agents = agents;
    this.dataCentres = dataCentres;
  }

  /** With the lists that are shipped. */
  public static Bots shipped(DataCentres dataCentres, MeterRegistry meters) {
    Bots bots = of(ShippedList.read("crawlers.txt"), ShippedList.read("programs.txt"), dataCentres);
    CaffeineCacheMetrics.monitor(meters, bots.agents.cache(), "program");
    return bots;
  }

  /**
   * With other lists.
   *
   * @param crawlers each a name, a tab and a regular expression
   * @param programs each a regular expression
   */
  static Bots of(List<String> crawlers, List<String> programs, DataCentres dataCentres) {
    return new Bots(agents(crawlers, programs), dataCentres);
  }

  static ProgramAgents agents(List<String> crawlers, List<String> programs) {
    return new ProgramAgents(crawlers.stream().map(Bots::named).toList(), programs);
  }

  private static Named named(String line) {
    int tab = line.indexOf(TAB);
    if (tab < 1) {
      throw new IllegalArgumentException("no name and tab before a crawler's pattern: " + line);
    }
    return new Named(line.substring(0, tab), line.substring(tab + TAB.length()));
  }

  /* Its package for servers sends what a website itself saw, and says no more of who saw it. */
  private static boolean isOfWebsite(Beacon beacon, Sender sender) {
    return beacon.dialect() == Dialect.UMAMI && sender.agent().startsWith(UMAMI_FOR_SERVERS);
  }

  /**
   * What shows that a visitor is a program for whom a website sends a beacon; null if nothing does.
   */
  @Nullable String findingOnBehalf(Sender visitor) {
    return agents.finding(visitor.agent());
  }

  /** What shows that a program sent a beacon; null if nothing does. */
  @Nullable String finding(Beacon beacon, Sender sender) {
    if (isOfWebsite(beacon, sender)) {
      return dataCentres.include(sender.address()) ? DATA_CENTRE : null;
    }
    String agent = agents.finding(sender.agent());
    if (agent != null) {
      return agent;
    } else if (beacon.driven()) {
      return WEBDRIVER;
    } else if (sender.unlikeBrowser()) {
      return HEADERS;
    } else if (sender.language().isEmpty()) {
      return NO_LANGUAGE;
    } else {
      return dataCentres.include(sender.address()) ? DATA_CENTRE : null;
    }
  }
}
