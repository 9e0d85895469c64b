package dk.sporlos.privacy;

import dk.sporlos.page.Language;
import dk.sporlos.site.Accountability;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Map;

/** The policies of sites, made of the settings that this process runs with. */
public final class Policies {
  private final SiteStore store;
  private final PolicyChanges changes;
  private final Accountability installation;
  private final Clock clock;

  /**
   * @param installation who answers for sites that say nothing of their own
   */
  public Policies(Pool pool, Accountability installation, Clock clock) {
    this.store = new SiteStore(pool);
    this.changes = new PolicyChanges(pool);
    this.installation = installation;
    this.clock = clock;
  }

  /** Writes down where the policy of a site is not what it was. */
  public Future<Void> recordChanges() {
    return store
        .all()
        .compose(
            sites -> {
              Future<Void> recorded = Future.succeededFuture();
              for (Site site : sites) {
                recorded = recorded.compose(before -> recordChange(site));
              }
              return recorded;
            });
  }

  private Future<Void> recordChange(Site site) {
    return changes.record(site.id(), today(site), Facts.settings(site, accountability(site)));
  }

  /**
   * The same right after a command has changed a site. Who answers for the installation is what the
   * server was told, and stays as it was where the site itself says nothing of it.
   */
  public Future<Void> recordCommand(Site site) {
    Accountability said = accountability(site);
    Map<String, String> settings = Facts.settings(site, said);
    said.byName().forEach((name, value) -> settings.remove(name, ""));
    return changes.recordSome(site.id(), today(site), settings);
  }

  private LocalDate today(Site site) {
    return LocalDate.ofInstant(clock.instant(), site.zone());
  }

  /** Who answers for a site. */
  Accountability accountability(Site site) {
    return site.settings().accountability().orElse(installation);
  }

  /** What the texts of a site are made of, but for when that last changed. */
  Facts facts(Site site) {
    return Facts.of(site, accountability(site));
  }

  /** The changes of a site's policy, the latest first. */
  Future<List<PolicyChanges.Change>> changes(Site site) {
    return changes.of(site);
  }

  /** The policy of a site. */
  Future<Policy> policy(Site site, Language language) {
    return changes
        .of(site)
        .map(
            known ->
                Policy.of(
                    language,
                    known.isEmpty()
                        ? facts(site)
                        : facts(site)
                            .with("changed-said", "yes")
                            .with("changed", date(known.get(0).day(), language))));
  }

  /** The policy of a site as a text to be pasted into its own pages, or as a page. */
  public Future<String> text(Site site, Language language, boolean asPage) {
    return policy(site, language)
        .map(policy -> asPage ? PrivacyRoutes.page(policy).markup() : policy.plain());
  }

  static String date(LocalDate day, Language language) {
    return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
        .withLocale(language.locale())
        .format(day);
  }
}
