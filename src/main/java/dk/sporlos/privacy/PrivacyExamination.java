package dk.sporlos.privacy;

import dk.sporlos.metrics.Doctor.Finding;
import dk.sporlos.metrics.Doctor.Severity;
import dk.sporlos.site.Accountability;
import dk.sporlos.site.Rules;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Examines an installation for what its promises of privacy do not go with, in its database. */
public final class PrivacyExamination {

  /* Settings of a session, so that those of its role and database are seen too. */
  private static final String SETTINGS =
      """
      select name, setting from pg_settings
      where name like 'log\\_%' or name = 'archive_mode'
      """;

  private static final String IDLE_SLOTS =
      "select slot_name from pg_replication_slots where not active order by slot_name";

  /* The classes by which privacy.md says that rows can be told from each other. */
  private static final String ALIKE =
      """
      select coalesce(sum(alike), 0)::bigint as visits,
        count(*) filter (where alike = 1) as single
      from (
        select count(*) as alike
        from visit
          left join referrer
            on referrer.site_id = visit.site_id and referrer.id = visit.referrer_id
          left join client on client.site_id = visit.site_id and client.id = visit.client_id
          left join place on place.site_id = visit.site_id and place.id = visit.place_id
        where day between current_date - 3 and current_date - 1
        group by visit.site_id, day, hour, entry_page, referrer.source, client.browser,
          client.device, place.country) as classes
      """;

  /** A setting of PostgreSQL and the values with which its log says nothing of what is stored. */
  private record LogSetting(String name, List<String> harmless, String harm) {}

  private static final List<LogSetting> LOG_SETTINGS =
      List.of(
          new LogSetting("log_statement", List.of("none", "ddl"), "logs statements with values"),
          new LogSetting(
              "log_parameter_max_length", List.of("0"), "lets logged statements have their values"),
          new LogSetting(
              "log_parameter_max_length_on_error",
              List.of("0"),
              "lets statements that fail have their values"),
          new LogSetting(
              "log_min_error_statement",
              List.of("panic", "fatal", "log"),
              "logs statements that fail"),
          new LogSetting(
              "log_error_verbosity",
              List.of("terse"),
              "logs details of errors, such as the row that was refused"));

  /** With it no statement is logged for how long it took. */
  private static final String NEVER = "-1";

  private final Pool pool;
  private final Accountability installation;
  private final Set<String> declared = Inventory.shipped().declared(Inventory.Kind.TABLE);

  /**
   * Reads the inventory, which takes a moment.
   *
   * @param installation who answers for sites that say nothing of their own
   */
  public PrivacyExamination(Pool pool, Accountability installation) {
    this.pool = pool;
    this.installation = installation;
  }

  /** What is found, in the order in which it is looked for. */
  public Future<List<Finding>> findings() {
    List<Finding> findings = new ArrayList<>();
    return quick(findings).compose(done -> alike(findings)).map(done -> List.copyOf(findings));
  }

  /** The same without what has to look at visits. */
  public Future<List<Finding>> quickFindings() {
    List<Finding> findings = new ArrayList<>();
    return quick(findings).map(done -> List.copyOf(findings));
  }

  private Future<Void> quick(List<Finding> findings) {
    return sites(findings)
        .compose(done -> schema(findings))
        .compose(done -> log(findings))
        .compose(done -> slots(findings));
  }

  private Future<Void> sites(List<Finding> findings) {
    SiteStore store = new SiteStore(pool);
    return store
        .all()
        .compose(
            sites -> {
              Future<Void> examined = Future.succeededFuture();
              for (Site site : sites) {
                examined =
                    examined
                        .compose(before -> store.texts(site.id()))
                        .map(texts -> ofSite(site, texts, findings));
              }
              return examined.mapEmpty();
            });
  }

  @SuppressWarnings("NullAway") // A future of nothing has null for its value.
  private Void ofSite(Site site, Map<String, String> texts, List<Finding> findings) {
    for (Rules.Departure departure : Rules.departures(site.profile(), texts)) {
      findings.add(
          new Finding(
              Severity.NOTE,
              "beyond-profile",
              site.domain() + ": " + departure.words() + ".",
              "Take it back, unless you know why: sporlos site set %s %s ''"
                  .formatted(site.domain(), departure.setting().name())));
    }
    List<String> missing = site.settings().accountability().orElse(installation).missing();
    if (!missing.isEmpty() && !site.demo()) {
      findings.add(
          new Finding(
              Severity.WRONG,
              "unsaid",
              "%s: its policy has gaps, since nothing is said of %s."
                  .formatted(site.domain(), String.join(", ", missing)),
              "Say it for the site (sporlos site set %s %s …) or for all (--%s …)."
                  .formatted(site.domain(), missing.get(0), missing.get(0))));
    }
    return null;
  }

  private Future<Void> schema(List<Finding> findings) {
    return LiveSchema.columns(pool)
        .map(
            columns -> {
              List<String> others =
                  columns.stream().filter(column -> !declared.contains(column)).toList();
              if (!others.isEmpty()) {
                findings.add(
                    new Finding(
                        Severity.WRONG,
                        "undeclared-columns",
                        "The database has columns that no inventory declares: "
                            + String.join(", ", others)
                            + ".",
                        "Move what is not Sporløs's to a schema or database of its own."));
              }
              return columns;
            })
        .mapEmpty();
  }

  private Future<Void> log(List<Finding> findings) {
    return pool.query(SETTINGS)
        .execute()
        .map(
            rows -> {
              Map<String, String> settings = new HashMap<>();
              for (Row row : rows) {
                settings.put(row.getString("name"), row.getString("setting"));
              }
              findings.addAll(ofSettings(settings, installation));
              return settings;
            })
        .mapEmpty();
  }

  /** What settings of PostgreSQL, by name, do not go with. */
  static List<Finding> ofSettings(Map<String, String> settings, Accountability installation) {
    List<Finding> findings = new ArrayList<>();
    for (LogSetting known : LOG_SETTINGS) {
      String value = settings.getOrDefault(known.name(), "");
      if (!value.isEmpty() && !known.harmless().contains(value)) {
        findings.add(logged(known.name(), value, known.harm(), known.harmless().get(0)));
      }
    }
    for (String name : List.of("log_min_duration_statement", "log_min_duration_sample")) {
      String value = settings.getOrDefault(name, NEVER);
      if (!value.equals(NEVER)) {
        findings.add(logged(name, value, "logs statements that take long", NEVER));
      }
    }
    String archive = settings.getOrDefault("archive_mode", "off");
    boolean admitted =
        !installation.backups().isEmpty() && Integer.parseInt(installation.backups()) > 0;
    if (!archive.equals("off")) {
      findings.add(
          new Finding(
              admitted ? Severity.NOTE : Severity.WRONG,
              "wal-archive",
              "PostgreSQL archives its WAL (archive_mode = %s), which keeps hits, with second and number."
                  .formatted(archive),
              admitted
                  ? "See that the archive is deleted after " + installation.backups() + " days."
                  : "Say for how many days it is kept (--backups-kept), or switch it off."));
    }
    return findings;
  }

  private static Finding logged(String name, String value, String harm, String harmless) {
    return new Finding(
        Severity.WRONG,
        name.replace('_', '-'),
        "PostgreSQL %s (%s = %s).".formatted(harm, name, value),
        "alter system set %s = '%s'; select pg_reload_conf();".formatted(name, harmless));
  }

  private Future<Void> slots(List<Finding> findings) {
    return pool.query(IDLE_SLOTS)
        .execute()
        .map(
            rows -> {
              for (Row row : rows) {
                findings.add(
                    new Finding(
                        Severity.WRONG,
                        "replication-slot",
                        "Nobody reads from replication slot "
                            + row.getString("slot_name")
                            + ", so WAL is kept for as long as it is there.",
                        "select pg_drop_replication_slot('" + row.getString("slot_name") + "');"));
              }
              return rows;
            })
        .mapEmpty();
  }

  private Future<Void> alike(List<Finding> findings) {
    return pool.query(ALIKE)
        .execute()
        .map(
            rows -> {
              Row row = rows.iterator().next();
              long visits = row.getLong("visits");
              if (visits > 0) {
                findings.add(
                    new Finding(
                        Severity.NOTE,
                        "single-visits",
                        "Of %d visits of the last three days %d %% are the only one with their day, hour, entry page, source, browser, device and country; 85 to 100 %% is usual."
                            .formatted(visits, row.getLong("single") * 100 / visits),
                        "This is why texts say 'no identifier at rest' and not 'anonymous'. Fewer"
                            + " visits-kept and a coarser place help."));
              }
              return rows;
            })
        .mapEmpty();
  }
}
