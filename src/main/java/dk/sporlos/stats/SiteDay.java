package dk.sporlos.stats;

import dk.sporlos.site.Site;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a finished day, rounded as for outsiders.
 *
 * @param visits null where nobody is recognised
 * @param visitors null likewise
 * @param goals visitors who reached a goal, by its name; without those that are not known
 */
record SiteDay(
    Site site,
    LocalDate day,
    long pageviews,
    @Nullable Long visits,
    @Nullable Long visitors,
    Map<String, Long> goals) {

  SiteDay {
    goals = Collections.unmodifiableMap(new LinkedHashMap<>(goals));
  }
}
