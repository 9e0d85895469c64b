package dk.sporlos.account;

import dk.sporlos.site.SiteId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Tables {@code site_group} and {@code grouped_site}: sites that are read together. */
public final class Groups {
  private static final int LONGEST_NAME = 100;

  private static final String ALL =
      """
      select id, name, coalesce(array_agg(site_id) filter (where site_id is not null), '{}') as sites
      from site_group left join grouped_site on group_id = id
      group by id, name order by name
      """;

  private static final String ADD =
      "insert into site_group (name) values ($1) on conflict (name) do nothing returning id";

  private static final String PUT_IN =
      """
      insert into grouped_site (group_id, site_id) select id, $2 from site_group where id = $1
      on conflict do nothing
      """;

  private static final String TAKE_OUT =
      "delete from grouped_site where group_id = $1 and site_id = $2";

  /* Roles on the group go with it. */
  private static final String REMOVE =
      """
      with roles as (delete from membership where group_id = $1)
      delete from site_group where id = $1
      """;

  private final Pool pool;

  public Groups(Pool pool) {
    this.pool = pool;
  }

  /** A group. */
  public record Group(int id, String name, Set<SiteId> sites) {}

  /** All of them, by name. */
  public Future<List<Group>> all() {
    return pool.query(ALL)
        .execute()
        .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(Groups::group).toList());
  }

  /**
   * Adds one; null if there is one of that name.
   *
   * @throws IllegalArgumentException with a message for whoever wrote the name
   */
  public Future<@Nullable Integer> add(String text) {
    String name = text.strip();
    if (name.isEmpty()
        || name.length() > LONGEST_NAME
        || name.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a group's name has 1 to 100 characters, on one line");
    }
    return pool.preparedQuery(ADD)
        .execute(Tuple.of(name))
        .map(rows -> rows.size() == 0 ? null : rows.iterator().next().getInteger("id"));
  }

  /** Puts a site into a group. */
  public Future<Void> putIn(int group, SiteId site) {
    return pool.preparedQuery(PUT_IN).execute(Tuple.of(group, site.value())).mapEmpty();
  }

  /** Takes a site out of a group; false if it was not in it. */
  public Future<Boolean> takeOut(int group, SiteId site) {
    return pool.preparedQuery(TAKE_OUT)
        .execute(Tuple.of(group, site.value()))
        .map(rows -> rows.rowCount() > 0);
  }

  /** Removes a group, with the roles on it, but none of its sites; false if there is none. */
  public Future<Boolean> remove(int group) {
    return pool.preparedQuery(REMOVE).execute(Tuple.of(group)).map(rows -> rows.rowCount() > 0);
  }

  private static Group group(Row row) {
    return new Group(
        row.getInteger("id"),
        row.getString("name"),
        Arrays.stream(row.getArrayOfIntegers("sites"))
            .map(SiteId::new)
            .collect(Collectors.toSet()));
  }
}
