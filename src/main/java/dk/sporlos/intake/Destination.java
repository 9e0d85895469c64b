package dk.sporlos.intake;

import dk.sporlos.spool.Batch;
import io.vertx.sqlclient.Tuple;

/** The table that the hits of a batch go into. */
enum Destination {
  INBOX(
      20,
      """
      insert into hit (%s)
      select * from %s
      {if}"""
          .formatted(Inbox.COLUMNS, Inbox.ROWS)),

  /* In one order everywhere, so that two batches never wait for each other in a circle. */
  VITALS(
      6,
      """
      insert into vital (site_id, day, page_id, device, metric, bucket, views)
      select site_id, (at at time zone timezone)::date as day, page_id, device, metric, bucket,
        count(*)
      from unnest($1::int[], $2::timestamptz[], $3::int[], $4::text[], $5::smallint[],
        $6::smallint[]) as told (site_id, at, page_id, device, metric, bucket)
      join site on site.id = site_id
      {if}
      group by site_id, day, page_id, device, metric, bucket
      order by site_id, day, page_id, device, metric, bucket
      on conflict (site_id, day, page_id, device, metric, bucket)
      do update set views = vital.views + excluded.views""");

  /*
   * The batch's row decides whether its hits are written. Where another transaction has inserted it
   * and is still open, PostgreSQL waits for that one's end, so that also a batch of unknown outcome
   * may be written again at any time.
   */
  private static final String ONCE =
      """
      with fresh as (
        insert into batch (site_id, hour, id) values ($%d, $%d, $%d)
        on conflict do nothing
        returning id
      )
      %s""";

  private final String append;
  private final String appendOnce;

  Destination(int width, String append) {
    this.append = append.replace("{if}", "");
    this.appendOnce =
        ONCE.formatted(
            width + 1,
            width + 2,
            width + 3,
            append.replace("{if}", "where exists (select from fresh)"));
  }

  static Destination of(Batch batch) {
    return batch.isOfVitals() ? VITALS : INBOX;
  }

  /** SQL that adds hits. */
  String append() {
    return append;
  }

  /**
   * SQL that adds the hits of a batch unless it did before; after those of the hits it takes the
   * site, the hour and the number of the batch.
   */
  String appendOnce() {
    return appendOnce;
  }

  /**
   * The parameters of hits.
   *
   * @throws UnfitHitException if a hit has a value that no column could take
   */
  Tuple parameters(NumberedHits hits) {
    try {
      return this == VITALS ? hits.vitals() : hits.parameters();
    } catch (RuntimeException unfit) {
      throw new UnfitHitException(unfit);
    }
  }
}
