package dk.sporlos.privacy;

import dk.sporlos.door.Holding;
import dk.sporlos.page.Language;
import dk.sporlos.site.Site;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * How a visitor stands with a site: all that the page about their rights is made of.
 *
 * @param holding what is known of the browser
 * @param stored what is stored of the visit that is open
 * @param token that the page's forms carry
 */
record Standing(
    Site site,
    Language language,
    Holding holding,
    HeldHits.Stored stored,
    String token,
    Instant now) {

  /** Page views and events that are known of and not stored yet. */
  int underWay() {
    Holding.HeldVisit visit = holding.visit();
    return visit == null ? 0 : Math.max(0, visit.steps() - stored.steps());
  }

  /** Whether something is stored that can be shown and changed. */
  boolean hasVisit() {
    return holding.visit() != null;
  }

  /** The address of the page, without its language. */
  String here() {
    return here(site);
  }

  static String here(Site site) {
    return "/privacy?site=" + URLEncoder.encode(site.domain(), StandardCharsets.UTF_8);
  }

  /** What is said in the language of the page. */
  String say(String danish, String english) {
    return language.of(danish, english);
  }
}
