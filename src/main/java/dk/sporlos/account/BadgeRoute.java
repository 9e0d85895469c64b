package dk.sporlos.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dk.sporlos.metrics.FailureLog;
import dk.sporlos.page.Language;
import dk.sporlos.site.HostName;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import dk.sporlos.site.Sites;
import dk.sporlos.stats.DateRange;
import dk.sporlos.stats.Metric;
import dk.sporlos.stats.Query;
import dk.sporlos.stats.Reader;
import dk.sporlos.stats.Stats;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * {@code GET /badge/DOMAIN.svg}: page views, or visits, of the last thirty finished days of a
 * public site, as a picture for its pages. It has neither script nor cookie, and caches may keep
 * it.
 */
final class BadgeRoute {

  private static final FailureLog FAILURES = new FailureLog("a badge was not drawn");

  private static final int DAYS = 30;
  private static final Duration FRESH = Duration.ofMinutes(10);
  private static final int PATIENCE_SECONDS = 10;

  /** Widths in tenths of a pixel: of a letter of eleven pixels on average, and beside a text. */
  private static final int LETTER = 66;

  private static final int PADDING = 120;

  private static final String SVG =
      """
      <svg xmlns="http://www.w3.org/2000/svg" width="%1$s" height="20" role="img" aria-label="%4$s: %5$s">
      <title>%4$s: %5$s</title>
      <rect width="%1$s" height="20" rx="3" fill="#2f3b46"/>
      <rect x="%2$s" width="%3$s" height="20" rx="3" fill="#1f6f5c"/>
      <g fill="#fff" font-family="system-ui,sans-serif" font-size="11" text-anchor="middle">
      <text x="%6$s" y="14">%4$s</text>
      <text x="%7$s" y="14">%5$s</text>
      </g>
      </svg>
      """;

  private final Sites sites;
  private final Stats stats;
  private final Clock clock;
  private final Cache<Question, Future<Long>> figures;

  private record Question(SiteId site, Metric metric, LocalDate today, int base) {}

  BadgeRoute(Sites sites, Stats stats, Clock clock) {
    this.sites = sites;
    this.stats = stats;
    this.clock = clock;
    this.figures =
        Caffeine.newBuilder()
            .expireAfterWrite(FRESH)
            .maximumSize(1_000)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .build();
  }

  void mount(Router router) {
    router.get("/badge/:domain.svg").handler(this::answer);
  }

  private void answer(RoutingContext context) {
    Metric metric =
        "visits".equals(context.request().getParam("of", "")) ? Metric.VISITS : Metric.PAGEVIEWS;
    sites
        .byDomain(HostName.canonical(String.valueOf(context.pathParam("domain"))))
        .compose(
            site -> {
              if (site == null || !site.settings().open()) {
                context.fail(404);
                return Future.<Void>succeededFuture();
              }
              return figure(site, metric).compose(figure -> send(context, metric, figure));
            })
        .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .onFailure(
            failure -> {
              FAILURES.log(failure);
              context.fail(503);
            });
  }

  private Future<Long> figure(Site site, Metric metric) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), site.zone());
    Question question = new Question(site.id(), metric, today, site.privacy().rounding());
    Future<Long> figure = figures.get(question, asked -> read(site, asked));
    return figure.onFailure(failure -> figures.asMap().remove(question, figure));
  }

  private Future<Long> read(Site site, Question question) {
    Query query =
        new Query(
            List.of(question.metric()),
            new DateRange.Days(question.today().minusDays(DAYS), question.today().minusDays(1)),
            List.of(),
            List.of(),
            new Query.Include(false, false, false, null),
            new Query.Paging(1, 0));
    return stats
        .answer(new Reader.Outside(site), query)
        .map(
            answer -> {
              Number figure = answer.rows().get(0).metrics().get(0);
              return figure == null ? 0 : figure.longValue();
            });
  }

  private static Future<Void> send(RoutingContext context, Metric metric, long figure) {
    return context
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "image/svg+xml")
        .putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=3600")
        .putHeader(HttpHeaders.VARY, "Accept-Language")
        .putHeader("Content-Security-Policy", "default-src 'none'")
        .putHeader("Cross-Origin-Resource-Policy", "cross-origin")
        .putHeader("X-Content-Type-Options", "nosniff")
        .end(svg(label(Language.of(context), metric), shortened(figure)));
  }

  private static String label(Language language, Metric metric) {
    return metric == Metric.VISITS
        ? language.of("besøg på 30 dage", "visits in 30 days")
        : language.of("sidevisninger på 30 dage", "page views in 30 days");
  }

  /** The texts are ours and hold nothing to escape. */
  private static String svg(String label, String figure) {
    int left = label.length() * LETTER + PADDING;
    int right = figure.length() * LETTER + PADDING;
    return SVG.formatted(
        pixels(left + right),
        pixels(left),
        pixels(right),
        label,
        figure,
        pixels(left / 2),
        pixels(left + right / 2));
  }

  private static String pixels(int tenths) {
    return String.format(Locale.ROOT, "%.1f", tenths / 10.0);
  }

  /** To three digits, as in 12.3k: nobody is told more than a badge has room for. */
  static String shortened(long figure) {
    if (figure < 1_000) {
      return Long.toString(figure);
    }
    return figure < 1_000_000
        ? shortened(figure / 1_000.0) + "k"
        : shortened(figure / 1_000_000.0) + "M";
  }

  private static String shortened(double figure) {
    return String.format(Locale.ROOT, figure < 100 ? "%.1f" : "%.0f", Math.floor(figure * 10) / 10);
  }
}
