package dk.sporlos.privacy;

import dk.sporlos.site.SiteId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.stream.StreamSupport;

/** Reads the hits of an open visit that came with a cookie, with the texts that they refer to. */
final class HeldHits {

  /*
   * What the page shows and what the copy says is one and the same. Numbers of 64 bits are texts,
   * since many programs read numbers of JSON as doubles.
   */
  private static final String HITS =
      """
      select jsonb_strip_nulls(jsonb_build_object(
        'visit', hit.visit::text, 'visitor', hit.visitor::text,
        'at', to_char(hit.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
        'step', hit.step,
        'kind', (array['pageview', 'event', 'engagement'])[hit.kind + 1],
        'host', page.host, 'path', page.path, 'event', event_name.name,
        'engagedMs', hit.engaged_ms, 'scroll', hit.scroll, 'interactive', hit.interactive,
        'byCookie', hit.by_cookie,
        'properties', hit.properties, 'revenue', hit.revenue, 'currency', hit.currency,
        'client', to_jsonb(client) - '{site_id, id}'::text[],
        'place', to_jsonb(place) - '{site_id, id}'::text[],
        'referrer', to_jsonb(referrer) - '{site_id, id}'::text[],
        'campaign', to_jsonb(campaign) - '{site_id, id}'::text[])) as said
      from hit
      left join page on page.site_id = $1 and page.id = hit.page_id
      left join event_name on event_name.site_id = $1 and event_name.id = hit.name_id
      left join client on client.site_id = $1 and client.id = hit.client_id
      left join place on place.site_id = $1 and place.id = hit.place_id
      left join referrer on referrer.site_id = $1 and referrer.id = hit.referrer_id
      left join campaign on campaign.site_id = $1 and campaign.id = hit.campaign_id
      where hit.site_id = $1 and hit.visit = $2 and hit.by_cookie
      order by hit.step, hit.kind, hit.at
      """;

  private static final String STEPS =
      "select count(distinct step) from hit where site_id = $1 and visit = $2 and kind <> 2";

  /**
   * What is stored of a visit.
   *
   * @param withCookie hits that came with its cookie, in the order of its steps
   * @param steps how many page views and events are stored of all of it
   */
  record Stored(List<JsonObject> withCookie, int steps) {
    static final Stored NOTHING = new Stored(List.of(), 0);

    Stored {
      withCookie = List.copyOf(withCookie);
    }
  }

  private final Pool pool;

  HeldHits(Pool pool) {
    this.pool = pool;
  }

  /**
   * What is stored.
   *
   * @param visit its number in the inbox
   */
  Future<Stored> of(SiteId site, long visit) {
    Tuple which = Tuple.of(site.value(), visit);
    return pool.preparedQuery(STEPS)
        .execute(which)
        .compose(
            steps ->
                pool.preparedQuery(HITS)
                    .execute(which)
                    .map(
                        rows ->
                            new Stored(
                                StreamSupport.stream(rows.spliterator(), false)
                                    .map(HeldHits::hit)
                                    .toList(),
                                steps.iterator().next().getInteger(0))));
  }

  private static JsonObject hit(Row row) {
    return row.getJsonObject("said");
  }
}
