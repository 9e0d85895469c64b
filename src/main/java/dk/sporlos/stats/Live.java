package dk.sporlos.stats;

import dk.sporlos.fold.VisitSql;

/** Where the visits that may still go on are read. */
enum Live {
  /** In the snapshot of the inbox that all questions share, less what was folded since. */
  SNAPSHOT(
      """
      (
          select * from open_visit
          where site_id = $1 and not exists (
            select from folded_visit where folded_visit.site_id = $1
              and folded_visit.visit = open_visit.visit)
        )""",
      """
      select visit, step::int, revenue, currency, properties
        from open_event
        where site_id = $1""",
      """
      select properties from open_event where site_id = $1
        union all
        select properties from hit where site_id = $1 and visit = 0 and slot = 8""",
      """
      select least(
          (select min(day) from open_visit where site_id = $1),
          (
            select (min(at) at time zone $2::text)::date from hit
            where site_id = $1 and visit = 0 and slot = 8))"""),

  /** In the inbox itself, whose hits are made visits for one question. */
  INBOX(
      "(\n" + VisitSql.of("(select * from hit where visit <> 0)") + ")",
      """
      select visit, position, revenue, currency, properties
        from (
          select *, (dense_rank() over (partition by visit order by step))::int - 1 as position
          from hit
          where site_id = $1 and visit <> 0 and kind <> 2
        ) as action
        where properties is not null or revenue is not null""",
      "select properties from hit where site_id = $1",
      "select (min(at) at time zone $2::text)::date from hit where site_id = $1"),

  /** Nowhere, since they do not count. */
  NONE(
      "(select *, id as visit from visit where false)",
      "select visit, step::int, revenue, currency, properties from event where false",
      "select properties from event where false",
      "null");

  private final String visits;
  private final String said;
  private final String properties;
  private final String firstDay;

  Live(String visits, String said, String properties, String firstDay) {
    this.visits = visits;
    this.said = said;
    this.properties = properties;
    this.firstDay = firstDay;
  }

  /** SQL of a relation with the columns that a visit has, and {@code visit}, its number. */
  String visits() {
    return visits;
  }

  /** SQL of what websites say of steps, the columns of {@link QuerySql#said}. */
  String said() {
    return said;
  }

  /** SQL of the properties that websites give steps. */
  String properties() {
    return properties;
  }

  /** SQL of the day of the first, in time zone $2; also of hits without a visit. */
  String firstDay() {
    return firstDay;
  }
}
