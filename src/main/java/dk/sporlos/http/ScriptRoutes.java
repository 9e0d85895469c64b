package dk.sporlos.http;

import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * What websites load, as it was packed into the jar: the tracker at {@code GET /s.js}, what it
 * loads itself on few pages at {@code /rest.js}, what websites may load beside it, and what
 * connects consent platforms under {@code /consent/}.
 */
public final class ScriptRoutes {
  private static final String RESOURCES = "/dk/sporlos/tracker";

  private static final String TRACKER = "/s.js";

  /** How the tracker, as it is built, names what it reports to beside itself. */
  private static final String ENDPOINT = "(\"b\",";

  private static final List<String> PATHS =
      List.of(
          TRACKER,
          "/rest.js",
          "/extras.js",
          "/vitals.js",
          "/consent/cookiebot.js",
          "/consent/cookieinformation.js",
          "/consent/usercentrics.js",
          "/consent/google.js");

  private final List<StaticFile> scripts;

  /**
   * @throws IllegalStateException if the jar was built without one of them
   */
  public ScriptRoutes() {
    scripts = PATHS.stream().map(ScriptRoutes::script).toList();
  }

  /** Adds the routes to a router. */
  public void mount(Router router) {
    scripts.forEach(script -> script.mount(router));
  }

  /**
   * What a website writes into a script's {@code integrity}, so that browsers run it as it is now
   * and no other: <a href="https://www.w3.org/TR/sri-2/">Subresource Integrity</a>.
   *
   * @param path one of those that are served, as in {@code /s.js}
   */
  public static String integrity(String path) {
    return integrity(bytes(path));
  }

  /** The same of the tracker that reports to a name beside itself. */
  public static String integrityOfNamed(String name) {
    return integrity(reportingTo(name));
  }

  private static String integrity(byte[] script) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-384").digest(script);
      return "sha384-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("this Java has no SHA-384", missing);
    }
  }

  /**
   * A script that is built with the tracker, to be served at any address.
   *
   * @param path below the folder of the tracker
   * @throws IllegalStateException if the jar was built without it
   */
  public static StaticFile script(String path) {
    return script(path, bytes(path));
  }

  /**
   * The tracker as it reports to {@code NAME} beside itself, to be served as {@code NAME.js}.
   *
   * @param name letters, digits and hyphens
   */
  public static StaticFile named(String name) {
    return script("/" + name + ".js", reportingTo(name));
  }

  private static byte[] reportingTo(String name) {
    String script = new String(bytes(TRACKER), StandardCharsets.UTF_8);
    String named = script.replace(ENDPOINT, "(\"" + name + "\",");
    if (named.equals(script)) {
      throw new IllegalStateException("the tracker does not say where it reports to");
    }
    return named.getBytes(StandardCharsets.UTF_8);
  }

  private static StaticFile script(String path, byte[] content) {
    return StaticFile.of(
        path, "text/javascript; charset=utf-8", content, SecurityHeaders::lendToScripts);
  }

  private static byte[] bytes(String path) {
    try (InputStream resource = ScriptRoutes.class.getResourceAsStream(RESOURCES + path)) {
      if (resource == null) {
        throw new IllegalStateException(
            "the jar was built without "
                + RESOURCES
                + path
                + "; run `npm run build` in tracker-js, and build it again");
      }
      return resource.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + RESOURCES + path, unreadable);
    }
  }
}
