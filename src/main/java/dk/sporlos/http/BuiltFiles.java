package dk.sporlos.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Files that a build made and packed into the jar, under names that change with what is in them, so
 * that browsers may keep them for good.
 */
public final class BuiltFiles {
  private static final String FOR_GOOD = "public, max-age=31536000, immutable";

  private static final Map<String, String> TYPES =
      Map.of(
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "json", "application/json",
          "md", "text/plain; charset=utf-8");

  /**
   * A file, also as it is sent to those who take it compressed.
   *
   * @param gzip null if compressing it gains nothing
   */
  private record BuiltFile(String name, String type, Buffer content, @Nullable Buffer gzip) {}

  private final String path;
  private final Map<String, BuiltFile> filesByName;

  private BuiltFiles(String path, List<BuiltFile> files) {
    this.path = path;
    this.filesByName =
        files.stream().collect(Collectors.toMap(BuiltFile::name, Function.identity()));
  }

  /**
   * The files that a list in the jar names, one on each line.
   *
   * @param path under which they are served, with a slash at its end
   * @param folder of the jar in which they are, with a slash at its end
   * @param list absolute path of the list within the jar; where there is none, there are no files
   */
  public static BuiltFiles under(String path, String folder, String list) {
    Buffer names = read(list);
    return new BuiltFiles(
        path,
        names == null
            ? List.of()
            : names
                .toString(StandardCharsets.UTF_8)
                .lines()
                .map(name -> file(folder, name))
                .toList());
  }

  private static BuiltFile file(String folder, String name) {
    Buffer content = read(folder + name);
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    if (content == null || type == null) {
      throw new IllegalStateException(
          content == null
              ? "the jar was built without " + folder + name
              : "it is not known what kind of file " + name + " is");
    }
    return new BuiltFile(name, type, content, read(folder + name + ".gz"));
  }

  private static @Nullable Buffer read(String resource) {
    try (InputStream stream = BuiltFiles.class.getResourceAsStream(resource)) {
      return stream == null ? null : Buffer.buffer(stream.readAllBytes());
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + resource, unreadable);
    }
  }

  /** Adds their route to a router. */
  public void mount(Router router) {
    router.route(path + ":file").method(HttpMethod.GET).method(HttpMethod.HEAD).handler(this::send);
  }

  private void send(RoutingContext context) {
    BuiltFile file = filesByName.get(context.pathParam("file"));
    if (file == null) {
      // Of another version, perhaps: it must not be remembered that there is none.
      context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
      context.fail(404);
      return;
    }
    HttpServerResponse response =
        context
            .response()
            .putHeader(HttpHeaders.CONTENT_TYPE, file.type())
            .putHeader(HttpHeaders.CACHE_CONTROL, FOR_GOOD);
    Buffer gzip = file.gzip();
    if (gzip == null) {
      response.end(file.content());
      return;
    }
    response.putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    if (takesGzip(context)) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip").end(gzip);
    } else {
      response.end(file.content());
    }
  }

  /** RFC 9110 12.5.3, as far as browsers use it: a coding of weight 0 is refused. */
  private static boolean takesGzip(RoutingContext context) {
    String accepted = context.request().getHeader(HttpHeaders.ACCEPT_ENCODING);
    if (accepted == null) {
      return false;
    }
    for (String coding : accepted.split(",", -1)) {
      String[] parts = coding.strip().split("\\s*;\\s*", -1);
      if (parts[0].equalsIgnoreCase("gzip")) {
        return parts.length == 1 || !parts[1].matches("(?i)q=0(\\.0*)?");
      }
    }
    return false;
  }
}
