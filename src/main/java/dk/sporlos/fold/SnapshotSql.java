package dk.sporlos.fold;

import java.util.List;

/** The statements that make, find and remove the snapshot of a site's inbox. */
final class SnapshotSql {
  private SnapshotSql() {}

  /*
   * All of a snapshot is made in one transaction that sees one state of the database. What was folded
   * before that state is neither in the inbox any more nor in folded_visit afterwards; what is folded
   * later is in folded_visit, as the fold of a registered site puts it there in the transaction that
   * moves the visit. So with whatever state a question sees, each visit is either in table visit, or
   * in open_visit and not in folded_visit.
   *
   * A fold that began before the site was registered puts nothing there, so the first snapshot of a
   * site waits until no such fold is under way.
   */

  /** Shared by folds; alone it says that all that began before are over. */
  static final int FOLDING_LOCK = 7310082;

  /** One process makes the snapshot of a site or removes it; held by a session. */
  static final String TRY_LOCK = "select pg_try_advisory_lock(" + FOLDING_LOCK + ", $1)";

  static final String WAIT_FOR_LOCK = "select pg_advisory_xact_lock(" + FOLDING_LOCK + ", $1)";

  static final String UNLOCK = "select pg_advisory_unlock(" + FOLDING_LOCK + ", $1)";

  static final String FIND =
      "select taken_at, millis from snapshot where site_id = $1 and taken_at is not null";

  static final String REGISTER =
      "insert into snapshot (site_id) values ($1) on conflict do nothing";

  static final String WAIT_FOR_FOLDS = "select pg_advisory_xact_lock(" + FOLDING_LOCK + ")";

  /*
   * The hits are sorted in memory as far as it goes. A crash takes the tables with it, so nobody has
   * to wait for the disk.
   */
  static final String ONE_STATE =
      "set transaction isolation level repeatable read; set local synchronous_commit = off;"
          + " set local work_mem = '64MB'; set local jit = off;"
          + " set local max_parallel_workers_per_gather = 0; set local statement_timeout = '60s'";

  private static final String HITS =
      "(select * from hit where site_id = $1 and visit <> 0 and slot < 8)";

  /*
   * Hits are added to a visit, and all of them go at once; so a visit that has as many as before is as
   * it was, unless it was folded, for then they came after that. Whatever changes hits that are there
   * says so by OUTDATE.
   */
  private static final String DELETE_CHANGED =
      """
      with now as materialized (
        select visit, count(*) as hits from %s as hit group by visit
      ),
      changed as (
        delete from open_visit
        where site_id = $1 and (
          not exists (
            select from now where now.visit = open_visit.visit and now.hits = open_visit.hits)
          or exists (
            select from folded_visit
            where folded_visit.site_id = $1 and folded_visit.visit = open_visit.visit))
        returning visit
      )
      delete from open_event using changed
      where open_event.site_id = $1 and open_event.visit = changed.visit
      """
          .formatted(HITS);

  private static final String HITS_OF_OTHERS =
      """
      (select * from %s as hit where not exists (
        select from open_visit where open_visit.site_id = $1 and open_visit.visit = hit.visit))"""
          .formatted(HITS);

  /* Counted apart: also hits that make no step are among those that DELETE_CHANGED counts. */
  private static final String ADD_VISITS =
      """
      insert into open_visit (visit, hits, %1$s)
      select visit, counted.hits, %1$s
      from (%2$s) as open
      join (select visit, count(*) as hits from %3$s as hit group by visit) as counted using (visit)
      """
          .formatted(VisitSql.COLUMNS, VisitSql.of(HITS_OF_OTHERS), HITS_OF_OTHERS);

  /* A visit of which nothing is said yet has no row in open_event, nor has one that is made anew. */
  private static final String ADD_EVENTS =
      """
      with gone as materialized (
        select * from %1$s as hit
        where visit in (
          select visit from %1$s as saying
          where (properties is not null or revenue is not null) and not exists (
            select from open_event
            where open_event.site_id = $1 and open_event.visit = saying.visit))
      ),
      folded as not materialized (
        select visit as id, visit, site_id, day from open_visit where site_id = $1
      )
      %2$s"""
          .formatted(HITS, VisitSql.said("open_event"));

  /** Of the visits that were folded, those that this state has in table visit. */
  private static final String DELETE_FOLDED = "delete from folded_visit where site_id = $1";

  /** Brings the snapshot up to what this state of the database shows; the second adds visits. */
  static final List<String> FILL = List.of(DELETE_CHANGED, ADD_VISITS, ADD_EVENTS, DELETE_FOLDED);

  /** Has a visit made anew with the next snapshot, since one of its hits is not what it was. */
  static final String OUTDATE = "update open_visit set hits = 0 where site_id = $1 and visit = $2";

  static final String ANALYZE =
      "analyze (skip_locked) open_visit (site_id, visit, visitor, day, hour)";

  static final String ENTER = "update snapshot set taken_at = $2, millis = $3 where site_id = $1";

  /** Dead rows of the snapshots before go, so that the next one finds their room. */
  static final String TIDY =
      "vacuum (skip_locked, truncate off) open_visit, open_event, folded_visit";

  static final String ALL = "select site_id, taken_at, millis from snapshot";

  static final List<String> REMOVE =
      List.of(
          "delete from open_visit where site_id = $1",
          "delete from open_event where site_id = $1",
          DELETE_FOLDED,
          "delete from snapshot where site_id = $1");

  /** What folds that were under way left where a snapshot was removed. */
  static final String EMPTY_REST =
      """
      delete from folded_visit where not exists (
        select from snapshot where snapshot.site_id = folded_visit.site_id)
      """;
}
