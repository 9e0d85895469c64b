package dk.sporlos.transfer;

import dk.sporlos.site.Site;
import dk.sporlos.stats.Access;
import dk.sporlos.stats.Callers;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * {@code GET /api/export/{domain}.zip} and {@code .ndjson}: the statistics of a site as a whole,
 * for whoever has a token that reads its figures.
 */
public final class ExportRoutes {

  /** Each holds a connection for as long as its caller reads. */
  private static final int MOST_AT_ONCE = 2;

  private static final int LONGEST_MINUTES = 30;

  private static final String BUSY =
      "Other exports are under way. Please try again when they are done.";

  private final Callers callers;
  private final Exports exports;
  private final AtomicInteger underWay = new AtomicInteger();

  public ExportRoutes(Access access, Exports exports) {
    this.callers = new Callers(access);
    this.exports = exports;
  }

  /** Adds the routes to a router. */
  public void mount(Router router) {
    mount(router, "zip", "application/zip", exports::zip);
    mount(router, "ndjson", "application/x-ndjson", exports::totals);
  }

  private void mount(
      Router router,
      String ending,
      String type,
      BiFunction<Site, ExportWriter, Future<Void>> export) {
    router
        .get("/api/export/:domain." + ending)
        .respond(
            context ->
                callers
                    .site(context.request(), context.pathParam("domain"))
                    .compose(site -> alone(() -> send(context, site, ending, type, export))))
        .failureHandler(Callers::refuse);
  }

  private Future<Void> alone(Supplier<Future<Void>> work) {
    if (underWay.incrementAndGet() > MOST_AT_ONCE) {
      underWay.decrementAndGet();
      throw new HttpException(503, BUSY);
    }
    return work.get().onComplete(done -> underWay.decrementAndGet());
  }

  private static Future<Void> send(
      RoutingContext context,
      Site site,
      String ending,
      String type,
      BiFunction<Site, ExportWriter, Future<Void>> export) {
    HttpServerResponse response = context.response();
    ExportWriter writer =
        piece -> {
          if (!response.headWritten()) {
            response
                .setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader(
                    "Content-Disposition",
                    "attachment; filename=\"%s.%s\"".formatted(site.domain(), ending));
          }
          return response.write(piece);
        };
    return export
        .apply(site, writer)
        .timeout(LONGEST_MINUTES, TimeUnit.MINUTES)
        .compose(written -> response.end());
  }
}
