package dk.sporlos.fold;

import dk.sporlos.door.EndedVisit;
import dk.sporlos.site.Audit;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.random.RandomGenerator;

/** Table {@code set_aside}: what could not be stored or folded, out of the way of all else. */
public final class SetAside {
  private static final Period KEPT = Period.ofDays(30);

  /*
   * Texts stand in place of the numbers of dictionaries, which may forget them before an operator
   * looks. The numbers of visit and visitor stay: they mean this visit and this day alone.
   */
  private static final String PUT =
      """
      with gone as (
        delete from hit where site_id = $1 and visit = $2 and slot = any ($3::smallint[])
        returning hit.*
      )
      insert into set_aside (site_id, id, visit, day, reason, content)
      select $1, $4, $2, $5, $6, convert_to(
        jsonb_agg(
          jsonb_strip_nulls(
            to_jsonb(gone) - '{site_id, slot, page_id, name_id, client_id, place_id, referrer_id,
              campaign_id}'::text[]
            || jsonb_build_object('host', page.host, 'path', page.path, 'name', event_name.name,
              'client', to_jsonb(client) - '{site_id, id}'::text[],
              'place', to_jsonb(place) - '{site_id, id}'::text[],
              'referrer', to_jsonb(referrer) - '{site_id, id}'::text[],
              'campaign', to_jsonb(campaign) - '{site_id, id}'::text[]))
          order by step, kind)::text, 'UTF8')
      from gone
      left join page on page.site_id = $1 and page.id = page_id
      left join event_name on event_name.site_id = $1 and event_name.id = name_id
      left join client on client.site_id = $1 and client.id = client_id
      left join place on place.site_id = $1 and place.id = place_id
      left join referrer on referrer.site_id = $1 and referrer.id = referrer_id
      left join campaign on campaign.site_id = $1 and campaign.id = campaign_id
      having count(*) > 0
      """;

  private static final String FORGET =
      "delete from set_aside where day < $1 returning site_id, day";

  private final Pool pool;
  private final RandomGenerator random;
  private final Clock clock;

  public SetAside(Pool pool, RandomGenerator random, Clock clock) {
    this.pool = pool;
    this.random = random;
    this.clock = clock;
  }

  /**
   * Moves the hits of a visit here.
   *
   * @param slots that they may be in
   * @param reason the SQLSTATE with which the visit could not be folded
   */
  Future<Void> put(EndedVisit visit, Short[] slots, String reason) {
    return pool.preparedQuery(PUT)
        .execute(
            Tuple.of(
                visit.site().value(), visit.visit(), slots, random.nextLong(), today(), reason))
        .mapEmpty();
  }

  /**
   * Deletes what has been here for 30 days.
   *
   * @return how many rows
   */
  public Future<Integer> forget() {
    return pool.withTransaction(
        connection ->
            connection
                .preparedQuery(FORGET)
                .execute(Tuple.of(today().minus(KEPT)))
                .compose(gone -> Audit.addExpired(connection, "set_aside", gone)));
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }
}
