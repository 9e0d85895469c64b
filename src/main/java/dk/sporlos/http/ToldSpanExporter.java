package dk.sporlos.http;

import dk.sporlos.metrics.FailureLog;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.Objects;

/** Says in the log, now and then, that traces could not be sent. */
final class ToldSpanExporter implements SpanExporter {
  private final SpanExporter exporter;
  private final FailureLog failures = new FailureLog("traces were not sent");

  ToldSpanExporter(SpanExporter exporter) {
    this.exporter = exporter;
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    CompletableResultCode sent = exporter.export(spans);
    return sent.whenComplete(
        () -> {
          if (!sent.isSuccess()) {
            failures.log(
                Objects.requireNonNullElseGet(
                    sent.getFailureThrowable(), () -> new IllegalStateException("refused")));
          }
        });
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }
}
