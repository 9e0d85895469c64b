package dk.sporlos.http;

import dk.sporlos.settings.Version;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.spi.VertxTracerFactory;
import io.vertx.core.spi.context.storage.ContextLocal;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Traces of requests, and of the statements that answer them, for a collector of OpenTelemetry.
 *
 * <p>Of a request they say method, route as it was declared, status and times; of a statement that
 * there was one. No path, query, address, agent or value is in them, since all attributes are set
 * here; the trace context that a client sends is not read, for it may lead back to who sent it.
 */
public final class Tracing {

  /*
   * What the web framework's own tracing writes (client address, whole URL, agent) would have to be
   * taken out again, and by route it knows nothing. So the span of a request is begun by a route
   * that stands behind those of beacons, scripts and all else that visitors' browsers ask for, which
   * are not traced; Vert.x is asked for statements alone.
   */
  static final ContextLocal<Span> CURRENT = ContextLocal.registerLocal(Span.class);

  static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
  private static final AttributeKey<String> SERVICE = AttributeKey.stringKey("service.name");
  private static final AttributeKey<String> VERSION = AttributeKey.stringKey("service.version");
  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** The library's own log, which says what {@link ToldSpanExporter} says. */
  private static final Logger LIBRARY = Logger.getLogger("io.opentelemetry");

  private final SdkTracerProvider provider;
  private final Tracer tracer;

  /**
   * @param collector where OTLP is spoken over HTTP, as in {@code http://127.0.0.1:4318}
   */
  public Tracing(URI collector) {
    LIBRARY.setLevel(Level.OFF);
    OtlpHttpSpanExporter exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(collector + "/v1/traces")
            .setTimeout(PATIENCE)
            .build();
    this.provider =
        SdkTracerProvider.builder()
            .setResource(Resource.create(Attributes.of(SERVICE, "sporlos", VERSION, Version.TEXT)))
            .addSpanProcessor(BatchSpanProcessor.builder(new ToldSpanExporter(exporter)).build())
            .build();
    this.tracer = provider.get("dk.sporlos");
  }

  /** What Vert.x is made with, so that statements are seen. */
  public VertxTracerFactory statements() {
    return options -> new StatementTracer(tracer);
  }

  /** Traces each request that no earlier route has answered. */
  public void mount(Router router) {
    router.route().handler(this::begin);
  }

  private void begin(RoutingContext context) {
    Span span =
        tracer.spanBuilder("request").setNoParent().setSpanKind(SpanKind.SERVER).startSpan();
    Context current = Vertx.currentContext();
    if (current != null) {
      CURRENT.put(current, span);
    }
    context.addEndHandler(ended -> end(context, span, ended.failed()));
    context.next();
  }

  private static void end(RoutingContext context, Span span, boolean broken) {
    RequestTimes.Labels labels = RequestTimes.labels(context);
    int status = context.response().getStatusCode();
    span.updateName(labels.method() + " " + labels.route())
        .setAttribute(METHOD, labels.method())
        .setAttribute(ROUTE, labels.route())
        .setAttribute(STATUS, (long) status);
    if (broken || status >= 500) {
      span.setStatus(StatusCode.ERROR)
          .setAttribute(ERROR, broken ? "closed" : Integer.toString(status));
    }
    span.end();
  }

  /** Sends what is left, and ends. */
  public Future<Void> close() {
    Promise<Void> closed = Promise.promise();
    provider.shutdown().whenComplete(closed::tryComplete);
    return closed.future().timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).otherwiseEmpty();
  }
}
