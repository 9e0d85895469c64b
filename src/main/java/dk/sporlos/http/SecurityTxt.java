package dk.sporlos.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Where to tell of a weakness of this installation (RFC 9116), if its operator says where. */
public final class SecurityTxt {
  private static final Duration GOOD_FOR = Duration.ofDays(180);

  private final @Nullable URI contact;
  private final Clock clock;

  /**
   * @param contact null if the operator names none: then there is nothing at this address
   */
  public SecurityTxt(@Nullable URI contact, Clock clock) {
    this.contact = contact;
    this.clock = clock;
  }

  /**
   * Reads a contact: an e-mail address or the address of a page.
   *
   * @throws IllegalArgumentException with a message for the person who wrote it
   */
  public static URI contact(String text) {
    String stripped = text.strip();
    try {
      URI contact =
          new URI(stripped.matches("[^\\s:/@]+@[^\\s:/@]+") ? "mailto:" + stripped : stripped);
      if ("mailto".equals(contact.getScheme())
          || ("https".equals(contact.getScheme()) && contact.getHost() != null)) {
        return contact;
      }
    } catch (URISyntaxException fault) {
      // said below, as for any other text that is none
    }
    throw new IllegalArgumentException(
        "'"
            + text
            + "' is no way to be told; write security@example.com or https://example.com/security");
  }

  /** Adds the route to a router. */
  public void mount(Router router) {
    router.get("/.well-known/security.txt").handler(this::answer);
  }

  private void answer(RoutingContext context) {
    if (contact == null) {
      context.fail(404);
      return;
    }
    SecurityHeaders.lendToScripts(context.response())
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
        .putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=86400")
        .end(
            "Contact: %s\nExpires: %s\nPreferred-Languages: da, en\n"
                .formatted(contact, clock.instant().plus(GOOD_FOR).truncatedTo(ChronoUnit.DAYS)));
  }
}
