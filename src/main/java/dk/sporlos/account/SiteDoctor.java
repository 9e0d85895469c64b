package dk.sporlos.account;

import dk.sporlos.door.WebsitePages;
import dk.sporlos.door.WebsitePages.Found;
import dk.sporlos.site.Dialect;
import dk.sporlos.site.HostName;
import dk.sporlos.site.Site;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at a page of a site for what keeps its visits from being counted. */
public final class SiteDoctor {
  private static final int MOST_SCRIPTS = 200;
  private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);
  private static final Pattern SCRIPT =
      Pattern.compile("<script\\b([^>]{0,4000})>", Pattern.CASE_INSENSITIVE);
  private static final Pattern META =
      Pattern.compile("<meta\\b([^>]{0,8000})>", Pattern.CASE_INSENSITIVE);
  private static final Pattern ATTRIBUTE =
      Pattern.compile("([\\w:-]+)\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s\"'>]+))");

  /** Attributes by which the snippets of other products are known. */
  private static final Map<Dialect, String> SNIPPETS =
      Map.of(
          Dialect.PLAUSIBLE, "data-domain",
          Dialect.UMAMI, "data-website-id",
          Dialect.GOATCOUNTER, "data-goatcounter");

  /**
   * Something that is wrong.
   *
   * @param code by which a program knows it
   */
  public record Finding(String code, String detail, String remedy) {}

  private final WebsitePages pages;

  public SiteDoctor(Vertx vertx) {
    this.pages = new WebsitePages(vertx);
  }

  /**
   * What is wrong with a page; empty if nothing is. Never fails for what is wrong with the website.
   */
  public Future<List<Finding>> examine(Site site, String address) {
    return pages
        .read(site, address)
        .compose(page -> examine(site, page))
        .recover(
            failure ->
                failure instanceof WebsitePages.NotReadException unread
                    ? Future.succeededFuture(List.of(unread(unread)))
                    : Future.failedFuture(failure));
  }

  private static Finding unread(WebsitePages.NotReadException unread) {
    return new Finding(
        "not-read",
        "The page was not read: " + unread.getMessage() + ".",
        "Write the address of a page that everybody can open.");
  }

  private Future<List<Finding>> examine(Site site, Found page) {
    if (page.status() != 200) {
      return Future.succeededFuture(
          List.of(
              new Finding(
                  page.status() == 404 ? "no-page" : "blocked",
                  "The website answers with status " + page.status() + ".",
                  "Write the address of a page that everybody can open, and see that nothing before"
                      + " the website keeps programs out.")));
    }
    List<Finding> findings = new ArrayList<>();
    Map<String, String> snippet = snippet(site, page, findings);
    URI script = snippet == null ? null : script(page, snippet, findings);
    if (snippet == null || script == null) {
      return Future.succeededFuture(findings);
    }
    examinePolicies(page, script, beacons(site, script), snippet, findings);
    return site.hasPagesOn(HostName.canonical(String.valueOf(script.getHost())))
        ? examineProxy(site, script, findings)
        : Future.succeededFuture(findings);
  }

  /** The snippet by which the page is counted; null if it is not. */
  private static @Nullable Map<String, String> snippet(
      Site site, Found page, List<Finding> findings) {
    Map<String, String> other = null;
    for (Map<String, String> script : elements(SCRIPT, page)) {
      String named = script.get("data-site");
      if (named != null && HostName.canonical(named).equals(site.domain())) {
        return script;
      }
      other = named == null ? other : script;
      for (Map.Entry<Dialect, String> dialect : SNIPPETS.entrySet()) {
        if (script.containsKey(dialect.getValue())
            && site.settings().dialects().include(dialect.getKey())) {
          return script;
        } else if (script.containsKey(dialect.getValue())) {
          findings.add(
              new Finding(
                  "dialect-off",
                  "The page has the snippet of "
                      + dialect.getKey().label()
                      + ", which the site"
                      + " does not take.",
                  "If it loads from here: sporlos site dialect "
                      + site.domain()
                      + " "
                      + dialect.getKey().label()));
        }
      }
    }
    boolean matomo =
        page.text().contains("_paq") && site.settings().dialects().include(Dialect.MATOMO);
    if (other != null) {
      findings.add(
          new Finding(
              "wrong-site",
              "The snippet names another site.",
              "Write data-site=\"" + site.domain() + "\"."));
    } else if (findings.isEmpty() && !matomo) {
      findings.add(
          new Finding(
              "no-snippet",
              "The page has no snippet.",
              "Put it into the page as it is sent, not by another script: <script defer"
                  + " src=\"https://HOST/s.js\" data-site=\""
                  + site.domain()
                  + "\"></script>"));
    }
    return null;
  }

  private static @Nullable URI script(
      Found page, Map<String, String> snippet, List<Finding> findings) {
    URI script = null;
    try {
      script = page.address().resolve(snippet.getOrDefault("src", "").strip());
    } catch (IllegalArgumentException unreadable) {
      // said below
    }
    if (script == null || script.getHost() == null || snippet.getOrDefault("src", "").isBlank()) {
      findings.add(
          new Finding(
              "no-source", "The snippet loads nothing.", "Write src=\"https://HOST/s.js\"."));
      return null;
    }
    if ("https".equals(page.address().getScheme()) && "http".equals(script.getScheme())) {
      findings.add(
          new Finding(
              "insecure",
              "The page is loaded by TLS and the script is not, so browsers refuse it.",
              "Write https:// in src."));
    }
    if ("module".equalsIgnoreCase(snippet.get("type"))) {
      findings.add(
          new Finding(
              "module",
              "The script is loaded as a module, which cannot know its snippet.",
              "Leave out type=\"module\"."));
    }
    return script;
  }

  /** Where a script reports to. */
  private static URI beacons(Site site, URI script) {
    String name = site.settings().tracker();
    boolean named = !name.isEmpty() && script.getPath().endsWith("/" + name + ".js");
    return script.resolve(named ? name : "b");
  }

  private static void examinePolicies(
      Found page, URI script, URI beacons, Map<String, String> snippet, List<Finding> findings) {
    List<String> policies = new ArrayList<>(page.policies());
    for (Map<String, String> meta : elements(META, page)) {
      if ("content-security-policy".equalsIgnoreCase(meta.get("http-equiv"))) {
        policies.add(meta.getOrDefault("content", ""));
      }
    }
    String origin = script.getScheme() + "://" + script.getRawAuthority();
    for (String text : policies) {
      ContentPolicy policy = ContentPolicy.parse(text);
      if (!policy.loads(page.address(), script, snippet.getOrDefault("nonce", ""))) {
        findings.add(
            new Finding(
                "csp-script",
                "The page's Content Security Policy keeps the script from being loaded.",
                "Add " + origin + " to script-src."));
      }
      if (!policy.asks(page.address(), beacons)) {
        findings.add(
            new Finding(
                "csp-connect",
                "The page's Content Security Policy keeps the script from reporting.",
                "Add " + origin + " to connect-src."));
      }
    }
  }

  /** A script on the website's own host is there only if a proxy passes it on. */
  private Future<List<Finding>> examineProxy(Site site, URI script, List<Finding> findings) {
    return pages
        .read(site, script.toString())
        .map(found -> found.status() == 200 && found.type().contains("javascript"))
        .otherwise(false)
        .map(
            passed -> {
              if (!passed) {
                findings.add(
                    new Finding(
                        "no-script",
                        "There is no script at " + script.getPath() + " of the website.",
                        "Have the website's proxy pass that path on to the collector; see"
                            + " docs/first-party.md."));
              }
              return findings;
            });
  }

  private static List<Map<String, String>> elements(Pattern element, Found page) {
    Matcher found = element.matcher(COMMENT.matcher(page.text()).replaceAll(""));
    List<Map<String, String>> elements = new ArrayList<>();
    while (found.find() && elements.size() < MOST_SCRIPTS) {
      Map<String, String> attributes = new HashMap<>();
      Matcher attribute = ATTRIBUTE.matcher(found.group(1));
      while (attribute.find()) {
        String value =
            Stream.of(2, 3, 4)
                .map(attribute::group)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
        attributes.putIfAbsent(
            attribute.group(1).toLowerCase(Locale.ROOT), value.replace("&amp;", "&"));
      }
      elements.add(attributes);
    }
    return elements;
  }
}
