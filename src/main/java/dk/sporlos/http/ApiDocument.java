package dk.sporlos.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/**
 * The description of all that can be asked for, in OpenAPI 3.1: {@code GET /api/docs/openapi.json}
 * and {@code .yaml}.
 */
public final class ApiDocument {
  private static final String PATH = "/api/docs/openapi";

  private record Texts(Buffer json, Buffer yaml) {}

  private final Vertx vertx;

  /** Reading it takes longer than an event loop has time; few ask, and none before it is up. */
  private @Nullable Future<Texts> texts; // guarded by this object

  public ApiDocument(Vertx vertx) {
    this.vertx = vertx;
  }

  private synchronized Future<Texts> texts() {
    Future<Texts> known = texts;
    if (known == null) {
      known = vertx.executeBlocking(ApiDocument::read);
      texts = known;
    }
    return known;
  }

  private static Texts read() {
    Map<String, Object> beacon = read("beacon.schema.json");
    // Within another document it has neither a language nor a name of its own.
    beacon.keySet().removeAll(Set.of("$schema", "$id"));
    Map<String, Object> document = read("openapi.yaml");
    part(part(document, "components"), "schemas").put("Beacon", beacon);
    DumpSettings settings = DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build();
    return new Texts(
        new JsonObject(document).toBuffer(),
        Buffer.buffer(new Dump(settings).dumpToString(document)));
  }

  /** A document that was packed beside this class; JSON is YAML, too. */
  @SuppressWarnings("unchecked") // both are mappings by names
  private static Map<String, Object> read(String name) {
    try (InputStream resource = ApiDocument.class.getResourceAsStream(name)) {
      if (resource == null) {
        throw new IllegalStateException("the jar was built without " + name);
      }
      Load load = new Load(LoadSettings.builder().setLabel(name).build());
      return (Map<String, Object>) load.loadFromInputStream(resource);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + name, unreadable);
    }
  }

  @SuppressWarnings("unchecked") // what OpenAPI calls an object
  private static Map<String, Object> part(Map<String, Object> whole, String name) {
    return (Map<String, Object>)
        Objects.requireNonNull(whole.get(name), () -> "the document has no " + name);
  }

  /** Adds the routes to a router. */
  public void mount(Router router) {
    mount(router, "json", Texts::json);
    mount(router, "yaml", Texts::yaml);
  }

  private void mount(Router router, String language, Function<Texts, Buffer> text) {
    router
        .get(PATH + "." + language)
        .handler(
            context ->
                texts()
                    .onSuccess(read -> send(context, "application/" + language, text.apply(read)))
                    .onFailure(context::fail));
  }

  private static void send(RoutingContext context, String type, Buffer text) {
    SecurityHeaders.lendToScripts(context.response())
        .putHeader(HttpHeaders.CONTENT_TYPE, type)
        .putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=3600")
        .end(text);
  }
}
