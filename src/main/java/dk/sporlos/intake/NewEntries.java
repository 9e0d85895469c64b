package dk.sporlos.intake;

import dk.sporlos.site.SiteId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many new entries of a dictionary each site may have on one day, in UTC. Whoever sends beacons
 * chooses their pages and campaigns, and must not be able to fill the database with them.
 *
 * <p>Counted in the memory of the process: a restart begins the day anew.
 */
final class NewEntries {
  private static final Logger LOG = LoggerFactory.getLogger(NewEntries.class);

  private static final class Taken {
    private int entries;
    private int standIns;
    private boolean told;
  }

  private final DictionaryTable table;
  private final int perSite;
  private final int standInsPerSite;
  private final Clock clock;
  private final Counter refused;
  private final Map<SiteId, Taken> takenToday = new HashMap<>();
  private LocalDate today = LocalDate.MIN;

  NewEntries(DictionaryTable table, Clock clock, MeterRegistry meters) {
    this(table, table.newPerDay(), DictionaryTable.STAND_INS_PER_DAY, clock, meters);
  }

  /**
   * The same.
   *
   * @param standInsPerSite how many entries that stand for others a site may have besides
   */
  NewEntries(
      DictionaryTable table, int perSite, int standInsPerSite, Clock clock, MeterRegistry meters) {
    this.table = table;
    this.perSite = perSite;
    this.standInsPerSite = standInsPerSite;
    this.clock = clock;
    this.refused =
        Counter.builder("sporlos.dictionary.refused")
            .description("Texts kept as (other), their site having had its share of new ones today")
            .tag("dictionary", table.word())
            .register(meters);
  }

  /** Whether a site may have one more; if so, it is taken to have it. */
  synchronized boolean admit(SiteId site) {
    Taken taken = taken(site);
    if (taken.entries < perSite) {
      taken.entries++;
      return true;
    }
    refused.increment();
    if (!taken.told) {
      taken.told = true;
      LOG.warn(
          "site {} has had {} new rows of table {} today; what else is new is kept as (other)",
          site.value(),
          perSite,
          table.word());
    }
    return false;
  }

  /**
   * Whether a site may have one more entry that stands for others; if so, it is taken to have it.
   */
  synchronized boolean admitStandIn(SiteId site) {
    Taken taken = taken(site);
    if (taken.standIns < standInsPerSite) {
      taken.standIns++;
      return true;
    }
    return false;
  }

  /** Takes back that a site has one more: it could not be inserted. */
  synchronized void giveBack(SiteId site) {
    Taken taken = taken(site);
    taken.entries = Math.max(0, taken.entries - 1);
  }

  /** The same of an entry that stands for others. */
  synchronized void giveBackStandIn(SiteId site) {
    Taken taken = taken(site);
    taken.standIns = Math.max(0, taken.standIns - 1);
  }

  private Taken taken(SiteId site) {
    LocalDate day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    if (!day.equals(today)) {
      takenToday.clear();
      today = day;
    }
    return takenToday.computeIfAbsent(site, first -> new Taken());
  }
}
