package dk.sporlos.http;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.vertx.core.Context;
import io.vertx.core.spi.tracing.TagExtractor;
import io.vertx.core.spi.tracing.VertxTracer;
import io.vertx.core.tracing.TracingPolicy;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Traces statements that are part of a traced request. Neither the statement nor its values are in
 * a span, and nothing is sent along with one.
 */
final class StatementTracer implements VertxTracer<Void, Span> {

  /** What the SQL client calls what it does; the client for HTTP names methods. */
  private static final String QUERY = "Query";

  private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("db.system.name");

  private final Tracer tracer;

  StatementTracer(Tracer tracer) {
    this.tracer = tracer;
  }

  @Override
  public <R> @Nullable Span sendRequest(
      Context context,
      io.vertx.core.spi.tracing.SpanKind kind,
      TracingPolicy policy,
      R request,
      String operation,
      BiConsumer<String, String> headers,
      TagExtractor<R> extractor) {
    Span parent = operation.equals(QUERY) ? Tracing.CURRENT.get(context) : null;
    return parent == null
        ? null
        : tracer
            .spanBuilder("statement")
            .setParent(io.opentelemetry.context.Context.root().with(parent))
            .setSpanKind(SpanKind.CLIENT)
            .setAttribute(SYSTEM, "postgresql")
            .startSpan();
  }

  @Override
  public <R> void receiveResponse(
      Context context,
      @Nullable R response,
      @Nullable Span span,
      @Nullable Throwable failure,
      TagExtractor<R> extractor) {
    if (span == null) {
      return;
    }
    if (failure != null) {
      span.setStatus(StatusCode.ERROR)
          .setAttribute(Tracing.ERROR, failure.getClass().getSimpleName());
    }
    span.end();
  }
}
