package dk.sporlos.page;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The one page of the dashboard, whose script reads the address that it is at. It is the same for
 * everybody.
 */
public final class DashboardDocument {

  /** It loads nothing from elsewhere, and no text is ever taken for markup. */
  private static final String CONTENT_SECURITY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; form-action 'self'; base-uri 'none';"
          + " require-trusted-types-for 'script'; trusted-types 'none'; ";

  private static final String WITHOUT_SCRIPT = "</noscript>";

  private final Buffer content;

  private DashboardDocument(Buffer content) {
    this.content = content;
  }

  /** The page as the dashboard's build packed it into the jar; null if the jar has none. */
  public static @Nullable DashboardDocument find() {
    try (InputStream resource =
        DashboardDocument.class.getResourceAsStream(DashboardRoutes.RESOURCES + "index.html")) {
      return resource == null
          ? null
          : new DashboardDocument(Buffer.buffer(resource.readAllBytes()));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read index.html", unreadable);
    }
  }

  /**
   * The same page for an address that has another one for browsers without scripts.
   *
   * @param search query of that other page
   */
  public DashboardDocument orWithoutScript(String search) {
    String link = "<a href=\"?%s\">Tables / tabeller</a>".formatted(search);
    return new DashboardDocument(
        Buffer.buffer(
            content
                .toString(StandardCharsets.UTF_8)
                .replace(WITHOUT_SCRIPT, " " + link + WITHOUT_SCRIPT)));
  }

  /**
   * Answers with it.
   *
   * @param frames directive of the policy that says which pages may show it in a frame
   */
  public Future<Void> send(HttpServerResponse response, String frames) {
    return response
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
        .putHeader("Content-Security-Policy", CONTENT_SECURITY + frames)
        .end(content);
  }
}
