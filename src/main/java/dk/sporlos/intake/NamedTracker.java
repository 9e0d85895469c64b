package dk.sporlos.intake;

import dk.sporlos.http.ScriptRoutes;
import dk.sporlos.http.StaticFile;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The tracker under the names that sites chose: the script at {@code /NAME.js}, which reports to
 * {@code /NAME}, where beacons are answered as at {@code /b}, and at {@code /NAME.gif} as at {@code
 * /b.gif}.
 */
public final class NamedTracker {
  private static final String SEGMENT = "tracker";
  private static final String SCRIPT = ".js";
  private static final String PICTURE = ".gif";

  private final Predicate<String> chosen;
  private final BeaconRoutes beacons;

  /** Made once for each name, since that reads the script and makes its checksum. */
  private final Map<String, StaticFile> scripts = new ConcurrentHashMap<>();

  /**
   * @param chosen whether any site chose a name
   */
  public NamedTracker(Predicate<String> chosen, BeaconRoutes beacons) {
    this.chosen = chosen;
    this.beacons = beacons;
  }

  /**
   * Adds the route to a router, before all others: one that matches every address and passes it on
   * would make the router forget that an address takes other methods. No name is one of theirs.
   */
  public void mount(Router router) {
    router.route("/:" + SEGMENT).handler(this::route);
  }

  private void route(RoutingContext context) {
    String segment = Objects.requireNonNullElse(context.pathParam(SEGMENT), "");
    HttpMethod method = context.request().method();
    boolean reads = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    if (segment.endsWith(SCRIPT) && reads && chosen.test(before(segment, SCRIPT))) {
      scripts.computeIfAbsent(before(segment, SCRIPT), ScriptRoutes::named).send(context);
    } else if (segment.endsWith(PICTURE) && reads && chosen.test(before(segment, PICTURE))) {
      beacons.picture(context);
    } else if (!reads && chosen.test(segment)) {
      beacons.beacon(context);
    } else {
      context.next();
    }
  }

  private static String before(String segment, String ending) {
    return segment.substring(0, segment.length() - ending.length());
  }
}
