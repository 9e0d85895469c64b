package dk.sporlos.site;

import dk.sporlos.settings.Setting;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tables {@code site} and {@code site_setting}. */
public final class SiteStore {
  private static final String ADD =
      """
      insert into site (domain, timezone, demo, profile) values ($1, $2, $3, $4)
      on conflict (domain) do nothing
      returning id, domain, public_id, timezone, demo, profile, null::jsonb as settings
      """;

  private static final String ALL =
      """
      select id, domain, public_id, timezone, demo, profile,
        (select jsonb_object_agg(name, value) from site_setting where site_id = id) as settings
      from site
      order by domain
      """;

  private static final String BY_DOMAIN =
      """
      select id, domain, public_id, timezone, demo, profile,
        (select jsonb_object_agg(name, value) from site_setting where site_id = id) as settings
      from site
      where domain = $1
      """;

  private static final String SET =
      """
      insert into site_setting (site_id, name, value) values ($1, $2, $3)
      on conflict (site_id, name) do update set value = excluded.value
      """;

  private static final String UNSET = "delete from site_setting where site_id = $1 and name = $2";

  private static final String PROFILE = "update site set profile = $2 where id = $1";

  private static final String RENAME =
      """
      update site set domain = $2
      where id = $1 and not exists (select from site where domain = $2 and id <> $1)
      """;

  private static final String COMPLETE_FROM = "select visits_complete_from from site where id = $1";

  private static final String TEXTS = "select name, value from site_setting where site_id = $1";

  private static final String UNIQUE_VIOLATION = "23505";

  private static final Logger LOG = LoggerFactory.getLogger(SiteStore.class);

  private final Pool pool;

  /** Settings that have been complained of, so that it is not said at every look. */
  private final Set<String> unreadable = ConcurrentHashMap.newKeySet();

  public SiteStore(Pool pool) {
    this.pool = pool;
  }

  /**
   * Registers a site.
   *
   * @param domain as {@link Domain#parse} returns it
   * @return the site, or null if there is one of that domain already
   */
  public Future<@Nullable Site> add(String domain, ZoneId zone, boolean demo, Profile profile) {
    return pool.preparedQuery(ADD)
        .execute(Tuple.of(domain, zone.getId(), demo, profile.label()))
        .map(this::first);
  }

  /**
   * Gives a site another domain; beacons that name the one before are refused from then on.
   *
   * @param domain as {@link Domain#parse} returns it
   * @return whether it has it now; false if another site does
   */
  public Future<Boolean> rename(SiteId site, String domain) {
    return pool.preparedQuery(RENAME)
        .execute(Tuple.of(site.value(), domain))
        .map(rows -> rows.rowCount() > 0);
  }

  /** The same under the profile that is the default. */
  public Future<@Nullable Site> add(String domain, ZoneId zone, boolean demo) {
    return add(domain, zone, demo, Profile.DK);
  }

  /** The first day of which all visits are still there; null if none were deleted. */
  public Future<@Nullable LocalDate> visitsCompleteFrom(SiteId site) {
    return pool.preparedQuery(COMPLETE_FROM)
        .execute(Tuple.of(site.value()))
        .map(
            rows ->
                rows.size() == 0
                    ? null
                    : rows.iterator().next().getLocalDate("visits_complete_from"));
  }

  /** The site of a domain, or null. */
  public Future<@Nullable Site> find(String domain) {
    return pool.preparedQuery(BY_DOMAIN).execute(Tuple.of(domain)).map(this::first);
  }

  /** Every site, by domain. */
  public Future<List<Site>> all() {
    return pool.preparedQuery(ALL)
        .execute()
        .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(this::site).toList());
  }

  /**
   * Says something about a site.
   *
   * @param text as the setting's parser takes it; empty to take back what was said
   */
  public Future<Void> set(SiteId site, Setting<?> setting, String text) {
    return set(pool, site, setting, text);
  }

  private static Future<Void> set(
      SqlClient connection, SiteId site, Setting<?> setting, String text) {
    return text.isEmpty()
        ? connection.preparedQuery(UNSET).execute(Tuple.of(site.value(), setting.name())).mapEmpty()
        : connection
            .preparedQuery(SET)
            .execute(Tuple.of(site.value(), setting.name(), text))
            .recover(failure -> Future.failedFuture(sayWhoseItIs(setting, failure)))
            .mapEmpty();
  }

  /* Which site that is, is not for everybody to know. */
  private static Throwable sayWhoseItIs(Setting<?> setting, Throwable failure) {
    return failure instanceof PgException refused && UNIQUE_VIOLATION.equals(refused.getSqlState())
        ? new IllegalArgumentException(
            setting.name()
                + ": another site of this installation has it; take it from there first, with ''")
        : failure;
  }

  /**
   * What is said anew about a site.
   *
   * @param profile that the site starts from; null to leave it as it is
   * @param texts as {@link #set} takes them
   */
  public record Change(@Nullable Profile profile, Map<Setting<?>, String> texts) {
    public Change {
      texts = Map.copyOf(texts);
    }

    /** Of one setting. */
    public static Change of(Setting<?> setting, String text) {
      return new Change(null, Map.of(setting, text));
    }
  }

  /**
   * Says several things about a site, all or none of them, and writes them into the audit.
   *
   * @param actor as the audit names whoever says so
   */
  public Future<Void> change(SiteId site, Change change, String actor) {
    return pool.withTransaction(
        connection -> {
          Profile profile = change.profile();
          Future<Void> changed =
              profile == null
                  ? Future.succeededFuture()
                  : connection
                      .preparedQuery(PROFILE)
                      .execute(Tuple.of(site.value(), profile.label()))
                      .compose(set -> audit(connection, site, actor, "profile"));
          for (Map.Entry<Setting<?>, String> text : change.texts().entrySet()) {
            changed =
                changed
                    .compose(before -> set(connection, site, text.getKey(), text.getValue()))
                    .compose(set -> audit(connection, site, actor, text.getKey().name()));
          }
          return changed;
        });
  }

  private static Future<Void> audit(
      SqlClient connection, SiteId site, String actor, String setting) {
    return Audit.add(
        connection, site, new Audit.Line(actor, "change", "setting " + setting, null, null, 1));
  }

  /** What is said about a site, by name of the setting, as it was written. */
  public Future<Map<String, String>> texts(SiteId site) {
    return pool.preparedQuery(TEXTS)
        .execute(Tuple.of(site.value()))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .collect(
                        Collectors.toMap(
                            row -> row.getString("name"), row -> row.getString("value"))));
  }

  private @Nullable Site first(RowSet<Row> rows) {
    return rows.size() == 0 ? null : site(rows.iterator().next());
  }

  private Site site(Row row) {
    String domain = row.getString("domain");
    Profile profile = Profile.parse(row.getString("profile"));
    return new Site(
        new SiteId(row.getInteger("id")),
        domain,
        row.getString("public_id"),
        ZoneId.of(row.getString("timezone")),
        row.getBoolean("demo"),
        profile,
        settings(domain, profile, row.getJsonObject("settings")));
  }

  private SiteSettings settings(String domain, Profile profile, @Nullable JsonObject stored) {
    Map<String, String> texts = new HashMap<>();
    if (stored != null) {
      stored.forEach(entry -> texts.put(entry.getKey(), String.valueOf(entry.getValue())));
    }
    return SiteSettings.read(profile, texts, setting -> complain(domain, setting));
  }

  private void complain(String domain, Setting<?> setting) {
    if (unreadable.add(domain + " " + setting.name())) {
      LOG.warn(
          "{} of {} cannot be read and its default holds; set it again: sporlos site set {} {} {}",
          setting.name(),
          domain,
          domain,
          setting.name(),
          setting.placeholder());
    }
  }
}
