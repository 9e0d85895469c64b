package dk.sporlos.account;

import static dk.sporlos.page.Html.element;
import static dk.sporlos.page.Html.text;
import static dk.sporlos.page.Html.with;

import dk.sporlos.page.Html;
import dk.sporlos.page.Language;
import dk.sporlos.site.Site;
import dk.sporlos.stats.Answer;
import dk.sporlos.stats.Attribute;
import dk.sporlos.stats.DateRange;
import dk.sporlos.stats.Dimension;
import dk.sporlos.stats.Metric;
import dk.sporlos.stats.Query;
import dk.sporlos.stats.Reader;
import dk.sporlos.stats.Stats;
import io.vertx.core.Future;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The figures of a site that outsiders see, as tables of a page. */
final class SharedFigures {

  private static final int ROWS = 10;

  private static final List<Metric> HEADLINE =
      List.of(
          Metric.VISITORS,
          Metric.VISITS,
          Metric.PAGEVIEWS,
          Metric.BOUNCE_RATE,
          Metric.VISIT_DURATION);

  private final Stats stats;

  SharedFigures(Stats stats) {
    this.stats = stats;
  }

  /** The time that figures are of. */
  enum Span {
    WEEK("7d", DateRange.Named.LAST_7_DAYS, "7 dage", "7 days"),
    MONTH("30d", DateRange.Named.LAST_30_DAYS, "30 dage", "30 days"),
    QUARTER("91d", DateRange.Named.LAST_91_DAYS, "91 dage", "91 days"),
    YEAR("12mo", DateRange.Named.LAST_12_MONTHS, "12 måneder", "12 months");

    private final String word;
    private final DateRange.Named range;
    private final String danish;
    private final String english;

    Span(String word, DateRange.Named range, String danish, String english) {
      this.word = word;
      this.range = range;
      this.danish = danish;
      this.english = english;
    }

    String word() {
      return word;
    }

    /** The one of a word; a month if it is the word of none. */
    static Span of(@Nullable String word) {
      return Arrays.stream(values()).filter(span -> span.word.equals(word)).findAny().orElse(MONTH);
    }
  }

  /** A table of the page. */
  private enum Panel {
    DAYS(Dimension.TIME, Metric.VISITORS, "Hvornår", "When"),
    PAGES(Dimension.EVENT_PAGE, Metric.VISITORS, "Sider", "Pages"),
    SOURCES(Dimension.VISIT_SOURCE, Metric.VISITORS, "Kilder", "Sources"),
    COUNTRIES(Dimension.VISIT_COUNTRY_NAME, Metric.VISITORS, "Lande", "Countries"),
    DEVICES(Dimension.VISIT_DEVICE, Metric.VISITORS, "Enheder", "Devices");

    private final Dimension dimension;
    private final Metric metric;
    private final String danish;
    private final String english;

    Panel(Dimension dimension, Metric metric, String danish, String english) {
      this.dimension = dimension;
      this.metric = metric;
      this.danish = danish;
      this.english = english;
    }

    /** Where nobody is recognised, page views are counted instead of visitors. */
    private Metric metric(boolean visitless) {
      return visitless ? Metric.PAGEVIEWS : metric;
    }
  }

  /**
   * What follows the heading of the page.
   *
   * @param here address of the page but for the word of its span, with which it ends
   */
  Future<Html> of(Reader.Outside reader, Language language, Span span, String here) {
    return stats
        .answer(reader, query(span, HEADLINE, List.of(), 1))
        .compose(
            whole -> {
              boolean visitless = whole.rows().get(0).metrics().get(0) == null;
              List<Html> pieces = new ArrayList<>();
              pieces.add(spans(language, span, here));
              pieces.add(headline(language, whole));
              Future<List<Html>> read = Future.succeededFuture(pieces);
              for (Panel panel : Panel.values()) {
                read =
                    read.compose(
                        before ->
                            panel(reader, language, span, panel, visitless)
                                .map(
                                    table -> {
                                      before.add(table);
                                      return before;
                                    }));
              }
              return read;
            })
        .map(
            pieces -> {
              pieces.add(element("p", remark(language, reader.site())));
              return Html.join(pieces);
            });
  }

  private static Query query(
      Span span, List<Metric> metrics, List<? extends Attribute> dimensions, int rows) {
    return new Query(
        metrics,
        span.range,
        dimensions,
        List.of(),
        new Query.Include(false, false, false, null),
        new Query.Paging(rows, 0));
  }

  private static Html spans(Language language, Span chosen, String here) {
    List<Html> links = new ArrayList<>();
    for (Span span : Span.values()) {
      String words = language.of(span.danish, span.english);
      links.add(
          span == chosen
              ? element("strong", words)
              : element(
                  "a", with("href", here + span.word + "&lang=" + language.code()), text(words)));
      links.add(text(" "));
    }
    return element(
        "nav",
        with("aria-label", language.of("Periode", "Period")),
        element("p", Html.join(links)));
  }

  private static Html headline(Language language, Answer whole) {
    List<@Nullable Number> figures = whole.rows().get(0).metrics();
    List<Html> rows = new ArrayList<>();
    for (int i = 0; i < HEADLINE.size(); i++) {
      rows.add(
          row(name(language, HEADLINE.get(i)), figure(language, HEADLINE.get(i), figures.get(i))));
    }
    return element("table", element("tbody", Html.join(rows)));
  }

  private Future<Html> panel(
      Reader.Outside reader, Language language, Span span, Panel panel, boolean visitless) {
    Metric metric = panel.metric(visitless);
    int most = panel.dimension == Dimension.TIME ? 100 : ROWS;
    return stats
        .answer(reader, query(span, List.of(metric), List.of(panel.dimension), most))
        .map(answer -> table(language, panel, metric, answer));
  }

  private static Html table(Language language, Panel panel, Metric metric, Answer answer) {
    Html heading = element("h2", language.of(panel.danish, panel.english));
    if (answer.rows().isEmpty()) {
      return Html.join(
          heading,
          element(
              "p",
              language.of(
                  "Intet, der er stort nok til at blive vist.", "Nothing large enough to show.")));
    }
    List<Html> rows = new ArrayList<>();
    for (Answer.Row row : answer.rows()) {
      String value = row.dimensions().get(0);
      rows.add(
          row(
              value.isEmpty() ? language.of("Ukendt", "Unknown") : value,
              figure(language, metric, row.metrics().get(0))));
    }
    return Html.join(
        heading,
        element(
            "table",
            element(
                "thead",
                element(
                    "tr",
                    element("th", with("scope", "col"), text("")),
                    element("th", with("scope", "col"), text(name(language, metric))))),
            element("tbody", Html.join(rows))));
  }

  private static Html row(String name, String figure) {
    return element("tr", element("th", with("scope", "row"), text(name)), element("td", figure));
  }

  private static String name(Language language, Metric metric) {
    return switch (metric) {
      case VISITORS -> language.of("Besøgende pr. dag, lagt sammen", "Daily visitors, added up");
      case VISITS -> language.of("Besøg", "Visits");
      case PAGEVIEWS -> language.of("Sidevisninger", "Page views");
      case BOUNCE_RATE -> language.of("Forlod siden straks", "Bounced");
      case VISIT_DURATION -> language.of("Varighed", "Duration");
      default -> metric.word();
    };
  }

  private static String figure(Language language, Metric metric, @Nullable Number figure) {
    if (figure == null) {
      return "–";
    }
    String number = NumberFormat.getIntegerInstance(language.locale()).format(figure.longValue());
    return switch (metric) {
      case BOUNCE_RATE -> number + " %";
      case VISIT_DURATION -> number + " s";
      default -> number;
    };
  }

  private static String remark(Language language, Site site) {
    int base = site.privacy().rounding();
    String rounded =
        base == 1
            ? ""
            : language.of(
                " Hver dags tal er rundet til et multiplum af %d, så intet lille tal kan læses; hvad"
                        .formatted(base)
                    + " der rundes til 0, står her ikke.",
                " Each day's figures are rounded to a multiple of %d, so that no small one can be"
                        .formatted(base)
                    + " read; what is rounded to 0 is not listed.");
    return language.of(
            "Tal for afsluttede dage på %s.".formatted(site.domain()),
            "Figures of finished days at %s.".formatted(site.domain()))
        + rounded;
  }
}
