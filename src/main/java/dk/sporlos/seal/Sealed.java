package dk.sporlos.seal;

/**
 * What the totals of a day are told apart by. The number is what table {@code daily} knows it by.
 */
public enum Sealed {
  /** The day as a whole, under one empty value. */
  TOTAL(0, Of.VISIT, "''", ""),
  PAGE(1, Of.STEP, "page.path", ""),
  HOST(2, Of.STEP, "page.host", ""),
  ENTRY(3, Of.PAGES, "entry.path", ""),
  EXIT(4, Of.PAGES, "exit.path", ""),
  /** Hour of the site's clock, as in 09. */
  HOUR(5, Of.VISIT, "to_char({hour}, 'HH24')", ""),
  SOURCE(6, Of.VISIT, "coalesce(referrer.source, '')", Of.REFERRER),
  REFERRER(7, Of.VISIT, "coalesce(referrer.host || referrer.path, '')", Of.REFERRER),
  CHANNEL(8, Of.VISIT, "coalesce(referrer.channel, '')", Of.REFERRER),
  UTM_SOURCE(9, Of.VISIT, "campaign.source", Of.CAMPAIGN),
  UTM_MEDIUM(10, Of.VISIT, "campaign.medium", Of.CAMPAIGN),
  UTM_CAMPAIGN(11, Of.VISIT, "campaign.name", Of.CAMPAIGN),
  UTM_CONTENT(12, Of.VISIT, "campaign.content", Of.CAMPAIGN),
  UTM_TERM(13, Of.VISIT, "campaign.term", Of.CAMPAIGN),
  COUNTRY(14, Of.VISIT, "coalesce(place.country, '')", Of.PLACE),
  REGION(15, Of.VISIT, "coalesce(place.region, '')", Of.PLACE),
  CITY(16, Of.VISIT, "coalesce(place.city, '')", Of.PLACE),
  BROWSER(17, Of.VISIT, "coalesce(client.browser, '')", Of.CLIENT),
  BROWSER_VERSION(
      18, Of.VISIT, "coalesce(client.browser || ' ' || client.browser_version, '')", Of.CLIENT),
  OS(19, Of.VISIT, "coalesce(client.os, '')", Of.CLIENT),
  OS_VERSION(20, Of.VISIT, "coalesce(client.os || ' ' || client.os_version, '')", Of.CLIENT),
  DEVICE(21, Of.VISIT, "coalesce(client.device, '')", Of.CLIENT),
  SCREEN(22, Of.VISIT, "coalesce(client.screen, '')", Of.CLIENT),
  LANGUAGE(23, Of.VISIT, "coalesce(client.language, '')", Of.CLIENT),
  EVENT(24, Of.EVENT, "event_name.name", "");

  /** What a dimension is an attribute of, and the SQL that adds the rows which hold it. */
  static final class Of {
    static final String VISIT = "visit";
    static final String STEP = "step";
    static final String PAGES = "pages";
    static final String EVENT = "event";

    static final String REFERRER = join("left join", "referrer");
    static final String PLACE = join("left join", "place");
    static final String CLIENT = join("left join", "client");
    static final String CAMPAIGN = join("join", "campaign");

    private Of() {}

    private static String join(String kind, String table) {
      return "%1$s %2$s on %2$s.site_id = $1 and %2$s.id = seen.%2$s_id".formatted(kind, table);
    }
  }

  private final int number;
  private final String of;
  private final String value;
  private final String join;

  Sealed(int number, String of, String value, String join) {
    this.number = number;
    this.of = of;
    this.value = value;
    this.join = join;
  }

  /** By what table {@code daily} knows it. */
  public int number() {
    return number;
  }

  /**
   * SQL of a row for each value and visitor, with what the visitor did; $1 the site, $2 the day.
   */
  String ofVisits() {
    return switch (of) {
      case Of.STEP ->
          """
          select %1$s as value, seen.visitor, seen.by_cookie,
            count(*) filter (where step.name_id is null) as views, count(*) as actions,
            bool_or(%1$s = %2$s) as entered, bool_and(seen.bounced) as bounced,
            min(seen.seconds) as seconds
          from visit as seen
          cross join lateral unpack(seen.steps) as step
          join page on page.site_id = $1 and page.id = step.page_id
          join page as entry on entry.site_id = $1 and entry.id = seen.entry_page
          where seen.site_id = $1 and seen.day = $2
          group by %1$s, seen.id, seen.visitor, seen.by_cookie
          having count(*) filter (where step.name_id is null) > 0
          """
              .formatted(value, value.replace("page.", "entry."));
      case Of.EVENT ->
          """
          select event_name.name as value, seen.visitor, seen.by_cookie, 0 as views,
            count(*) as actions, false as entered, false as bounced, 0 as seconds
          from visit as seen
          cross join lateral unpack(seen.steps) as step
          join event_name on event_name.site_id = $1 and event_name.id = step.name_id
          where seen.site_id = $1 and seen.day = $2
          group by event_name.name, seen.id, seen.visitor, seen.by_cookie
          """;
      case Of.PAGES ->
          whole(
              "join page as %1$s on %1$s.site_id = $1 and %1$s.id = seen.%1$s_page"
                  .formatted(value.substring(0, value.indexOf('.'))),
              value);
      default ->
          whole(
              join,
              value.replace(
                  "{hour}",
                  "(seen.hour + interval '3599 seconds') at time zone"
                      + " (select timezone from site where id = $1)"));
    };
  }

  private static String whole(String join, String value) {
    return """
        select %s as value, seen.visitor, seen.by_cookie, seen.views,
          seen.views + seen.events as actions, true as entered, seen.bounced, seen.seconds
        from visit as seen
        %s
        where seen.site_id = $1 and seen.day = $2
        """
        .formatted(value, join);
  }

  /**
   * SQL of a row for each hit without a visit; $1 the site, $2 the day. Empty where such hits
   * cannot tell.
   */
  String ofHits() {
    String day = "(seen.at at time zone (select timezone from site where id = $1))";
    String joins =
        switch (of) {
          case Of.STEP -> "join page on page.site_id = $1 and page.id = seen.page_id";
          case Of.EVENT ->
              "join event_name on event_name.site_id = $1 and event_name.id = seen.name_id";
          default -> join;
        };
    return of.equals(Of.PAGES)
        ? ""
        : """
          select %s as value, (seen.kind = 0)::int as views, 1 as actions
          from hit as seen
          %s
          where seen.site_id = $1 and seen.slot = 8 and seen.kind <> 2 and %s::date = $2%s
          """
            .formatted(
                value.replace("{hour}", day),
                joins,
                day,
                of.equals(Of.STEP) ? " and seen.kind = 0" : "");
  }
}
