package dk.sporlos.metrics;

import com.sun.management.OperatingSystemMXBean;
import dk.sporlos.settings.Version;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.spi.VertxTracerFactory;
import io.vertx.core.transport.Transport;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.lang.management.ManagementFactory;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The meters of the process. */
public final class Meters implements AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final List<Runnable> atScrapes = new CopyOnWriteArrayList<>();

  public Meters() {
    // Two of Micrometer's names are not as Prometheus has them, which promtool says: see below.
    registry
        .config()
        .meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"))
        .meterFilter(MeterFilter.denyNameStartsWith("system.cpu.count"));
    new ClassLoaderMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    bindProcessor();
    new UptimeMetrics().bindTo(registry);
    collections.bindTo(registry);
    Gauge.builder("sporlos.build.info", () -> 1)
        .description("Always 1; its labels say which version runs, and on which Java")
        .tag("java", Runtime.version().toString())
        .tag("version", Version.TEXT)
        .register(registry);
  }

  private void bindProcessor() {
    new ProcessorMetrics().bindTo(registry);
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
      FunctionCounter.builder("process.cpu", system, of -> of.getProcessCpuTime() / 1e9)
          .description("Processor time that the process has used")
          .baseUnit("seconds")
          .register(registry);
    }
    Gauge.builder("system.cpus", Runtime.getRuntime()::availableProcessors)
        .description("Processors that the process may use")
        .register(registry);
  }

  /** Where the parts of the process register their meters. */
  public PrometheusMeterRegistry registry() {
    return registry;
  }

  /**
   * A Vert.x that counts the use of its pools here. Of HTTP it counts nothing by itself: its labels
   * could be made to carry a client's address.
   *
   * @param transport by which it reaches the network
   * @param tracer what is told of statements
   */
  public Vertx vertx(VertxOptions options, Transport transport, VertxTracerFactory tracer) {
    Set<String> others =
        EnumSet.complementOf(EnumSet.of(MetricsDomain.NAMED_POOLS)).stream()
            .map(MetricsDomain::toCategory)
            .collect(Collectors.toCollection(HashSet::new));
    others.add("sql"); // statements under way, of all pools together: the pools say more
    return Vertx.builder()
        .with(
            options.setMetricsOptions(
                new MicrometerMetricsOptions()
                    .setEnabled(true)
                    .setDisabledMetricsCategories(others)))
        .withTransport(transport)
        .withTracer(tracer)
        .withMetrics(new MicrometerMetricsFactory(registry))
        .build();
  }

  /** Registers a gauge. */
  public void gauge(String name, String description, Supplier<Number> value) {
    Gauge.builder(name, value).description(description).register(registry);
  }

  /** Registers a counter of what has been counted elsewhere. */
  public void counter(String name, String description, ToDoubleFunction<Meters> count) {
    FunctionCounter.builder(name, this, count).description(description).register(registry);
  }

  /**
   * Has something done at each scrape, for the next one.
   *
   * @param asked must not wait for anything
   */
  public void atScrapes(Runnable asked) {
    atScrapes.add(asked);
  }

  /** The meters as Prometheus reads them. */
  public String scrape() {
    atScrapes.forEach(Runnable::run);
    return registry.scrape();
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
