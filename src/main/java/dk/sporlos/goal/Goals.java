package dk.sporlos.goal;

import dk.sporlos.site.SiteId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Table {@code goal}. */
public final class Goals {

  private static final int MOST = 200;

  private static final String ALL =
      """
      select id, name, event, page, scroll, properties, currency, value from goal
      where site_id = $1
      order by id
      """;

  private static final String ADD =
      """
      insert into goal (site_id, name, event, page, scroll, properties, currency, value)
      values ($1, $2, $3, $4, $5, $6, $7, $8)
      returning id, name, event, page, scroll, properties, currency, value
      """;

  private static final String REMOVE = "delete from goal where site_id = $1 and id = $2";

  private static final String FUNNEL_WITH =
      "select name from funnel where site_id = $1 and $2 = any (goals) order by name limit 1";

  /** Two definitions of one site are never made at once, so that each sees what there is. */
  static final String LOCK = "select pg_advisory_xact_lock(7310057, $1)";

  private final Pool pool;

  public Goals(Pool pool) {
    this.pool = pool;
  }

  /** The goals of a site, the oldest first. */
  public Future<List<Goal>> all(SiteId site) {
    return all(pool, site);
  }

  /** The same, as a transaction sees them. */
  public static Future<List<Goal>> all(SqlClient client, SiteId site) {
    return client
        .preparedQuery(ALL)
        .execute(Tuple.of(site.value()))
        .map(rows -> rows.stream().map(Goals::goal).toList());
  }

  /**
   * The goal that counts what the definition says: one that is there already, as it is named, or a
   * new one. Days that are sealed are sealed again for a new one.
   *
   * <p>Fails with {@link UnfitDefinitionException} if another goal has the name, or if there are
   * too many.
   */
  public Future<Goal> add(SiteId site, Goal.Definition definition) {
    return pool.withTransaction(
        connection ->
            connection
                .preparedQuery(LOCK)
                .execute(Tuple.of(site.value()))
                .compose(locked -> all(connection, site))
                .compose(goals -> add(connection, site, definition, goals)));
  }

  private static Future<Goal> add(
      SqlConnection connection, SiteId site, Goal.Definition definition, List<Goal> goals) {
    for (Goal goal : goals) {
      if (goal.definition().countsAs(definition)) {
        return Future.succeededFuture(goal);
      }
      if (goal.name().equals(definition.name())) {
        throw new UnfitDefinitionException(
            "name: another goal is called '%s'; choose another name".formatted(goal.name()));
      }
    }
    if (goals.size() >= MOST) {
      throw new UnfitDefinitionException(
          "a site has at most %d goals; remove one first".formatted(MOST));
    }
    return connection
        .preparedQuery(ADD)
        .execute(parameters(site, definition))
        .map(rows -> goal(rows.iterator().next()))
        .compose(added -> Resealing.markDue(connection, site).map(added));
  }

  /**
   * Removes a goal.
   *
   * <p>Fails with {@link UnfitDefinitionException} if it is a step of a funnel.
   *
   * @return whether there was one
   */
  public Future<Boolean> remove(SiteId site, long id) {
    return pool.withTransaction(
        connection ->
            connection
                .preparedQuery(LOCK)
                .execute(Tuple.of(site.value()))
                .compose(
                    locked ->
                        connection.preparedQuery(FUNNEL_WITH).execute(Tuple.of(site.value(), id)))
                .compose(
                    funnels -> {
                      refuseIfInUse(funnels);
                      return connection
                          .preparedQuery(REMOVE)
                          .execute(Tuple.of(site.value(), id))
                          .map(removed -> removed.rowCount() > 0);
                    }));
  }

  private static void refuseIfInUse(RowSet<Row> funnels) {
    if (funnels.size() > 0) {
      throw new UnfitDefinitionException(
          "the goal is a step of funnel '%s'; remove the funnel first"
              .formatted(funnels.iterator().next().getString("name")));
    }
  }

  private static Tuple parameters(SiteId site, Goal.Definition goal) {
    String event = null;
    String page = null;
    Integer scroll = null;
    if (goal.condition() instanceof Condition.EventSent sent) {
      event = sent.event();
    } else if (goal.condition() instanceof Condition.PageViewed viewed) {
      page = viewed.page().text();
    } else if (goal.condition() instanceof Condition.PageScrolled scrolled) {
      page = scrolled.page().text();
      scroll = scrolled.percent();
    }
    Worth worth = goal.worth();
    return Tuple.tuple(
        Arrays.asList(
            site.value(),
            goal.name(),
            event,
            page,
            scroll,
            json(goal.properties()),
            worth == null ? null : worth.currency(),
            worth == null ? null : worth.each()));
  }

  private static JsonObject json(Map<String, String> properties) {
    JsonObject json = new JsonObject();
    properties.forEach(json::put);
    return json;
  }

  private static Goal goal(Row row) {
    return new Goal(
        row.getLong("id"),
        new Goal.Definition(
            row.getString("name"),
            condition(row),
            properties(row.getJsonObject("properties")),
            worth(row.getString("currency"), row.getBigDecimal("value"))));
  }

  private static Condition condition(Row row) {
    String event = row.getString("event");
    if (event != null) {
      return new Condition.EventSent(event);
    }
    PagePattern page = new PagePattern(Objects.requireNonNull(row.getString("page"), "page"));
    Integer scroll = row.getInteger("scroll");
    return scroll == null
        ? new Condition.PageViewed(page)
        : new Condition.PageScrolled(page, scroll);
  }

  private static Map<String, String> properties(JsonObject json) {
    return json.stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> String.valueOf(entry.getValue())));
  }

  private static @Nullable Worth worth(@Nullable String currency, @Nullable BigDecimal each) {
    return currency == null
        ? null
        : new Worth(currency, each == null ? null : each.stripTrailingZeros());
  }
}
