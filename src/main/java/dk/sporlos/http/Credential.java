package dk.sporlos.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** What a request shows to be let in. */
public sealed interface Credential {
  /** Says that a request is of a page which the holder of a session was given. */
  String FORM_TOKEN = "Sporlos-Token";

  /** Names the shared link, or {@link #PUBLIC}, whose page a request is of. */
  String LINK = "Sporlos-Link";

  /** What a request of the public page of a site says instead of a secret. */
  String PUBLIC = "public";

  /** The secret of a program. */
  record Token(String secret) implements Credential {
    @Override
    public String toString() {
      return "Token";
    }
  }

  /**
   * The secret of a shared link, or {@link #PUBLIC}.
   *
   * @param opened what a browser brings in which the link's password was given; null if nothing
   */
  record Link(String secret, @Nullable String opened) implements Credential {

    /** Whether it is the public page of a site that asks, so that there is no secret. */
    public boolean isPublic() {
      return secret.equals(PUBLIC);
    }

    @Override
    public String toString() {
      return "Link";
    }
  }

  /**
   * The session of a browser.
   *
   * @param changing whether the request may change something, so that it has to be of a page of
   *     this host
   * @param fromHere whether a page of this host sent it, as far as the browser says
   * @param formToken what the page says to show that it is of this session; empty if nothing
   */
  record Session(String secret, boolean changing, boolean fromHere, String formToken)
      implements Credential {
    @Override
    public String toString() {
      return "Session";
    }
  }

  /**
   * What a request shows; null if nothing. A token and a link are shown on purpose, so they go
   * before a session: who has signed in sees on a shared page what everybody sees there.
   *
   * @param secure whether the browser asked over TLS
   */
  static @Nullable Credential of(HttpServerRequest request, boolean secure) {
    String token = Bearer.token(request);
    if (token != null) {
      return new Token(token);
    }
    String link = request.getHeader(LINK);
    if (link != null) {
      return new Link(link, new LinkCookie(secure).read(request));
    }
    String session = new SessionCookie(secure).read(request);
    if (session == null) {
      return null;
    }
    String formToken = request.getHeader(FORM_TOKEN);
    return new Session(
        session,
        !request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD),
        SameOrigin.isFromHere(request),
        formToken == null ? "" : formToken);
  }

  /** Whether a request shows anything that may be one. */
  static boolean isShown(HttpServerRequest request) {
    return Bearer.token(request) != null
        || request.getHeader(LINK) != null
        || new SessionCookie(/* secure= */ true).read(request) != null
        || new SessionCookie(/* secure= */ false).read(request) != null;
  }
}
