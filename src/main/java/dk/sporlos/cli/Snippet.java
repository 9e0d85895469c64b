package dk.sporlos.cli;

import dk.sporlos.http.ScriptRoutes;
import dk.sporlos.site.SiteSettings;
import java.util.function.Supplier;

/**
 * What a website puts into its pages.
 *
 * @param server where it finds the scripts, without a slash at the end
 * @param domain the site
 * @param pinned whether browsers are to run the scripts as they are now and no others
 */
record Snippet(String server, String domain, boolean pinned) {

  Snippet(String server, String domain) {
    this(server, domain, /* pinned= */ false);
  }

  /** The tracker. */
  String tracker(SiteSettings settings) {
    String name = settings.tracker();
    return name.isEmpty()
        ? script("/s.js", site(settings), () -> ScriptRoutes.integrity("/s.js"))
        : script("/" + name + ".js", site(settings), () -> ScriptRoutes.integrityOfNamed(name));
  }

  /** What counts clicks, forms and missing pages by itself. */
  String extras() {
    return script("/extras.js", "", () -> ScriptRoutes.integrity("/extras.js"));
  }

  /** What reports how pages load, react and hold still. */
  String vitals(SiteSettings settings) {
    String name = settings.tracker();
    String beacon = name.isEmpty() ? "" : " data-beacon=\"" + name + "\"";
    return script(
        "/vitals.js", site(settings) + beacon, () -> ScriptRoutes.integrity("/vitals.js"));
  }

  private String site(SiteSettings settings) {
    String hash = settings.hashRouting() ? " data-hash=\"on\"" : "";
    return " data-site=\"" + domain + "\"" + hash;
  }

  private String script(String path, String attributes, Supplier<String> integrity) {
    String pin = pinned ? " integrity=\"" + integrity.get() + "\" crossorigin=\"anonymous\"" : "";
    return "<script defer src=\"" + server + path + "\"" + attributes + pin + "></script>";
  }
}
