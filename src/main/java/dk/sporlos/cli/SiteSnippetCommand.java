package dk.sporlos.cli;

import dk.sporlos.site.Site;
import java.io.PrintStream;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sporlos site snippet}. */
@Command(name = "snippet", description = "Print what a site puts into its pages.")
final class SiteSnippetCommand implements Task {
  @Parameters(paramLabel = "DOMAIN", description = "the site, as in example.com")
  private String domain = "";

  @Option(
      names = "--server",
      paramLabel = "URL",
      description =
          "where browsers find this server (what the site's collector-url says, else https://HOST)")
  private @Nullable String server;

  @Option(
      names = "--extras",
      description = "count links that lead away, downloads, forms and missing pages by itself, too")
  private boolean extras;

  @Option(names = "--vitals", description = "report how pages load, react and hold still, too")
  private boolean vitals;

  @Option(
      names = "--pinned",
      description =
          "with hashes, so that browsers run the scripts as they are now and no others; print it"
              + " anew after each upgrade")
  private boolean pinned;

  @Override
  public int run(Invocation invocation) {
    String said = server;
    String where = said == null ? null : Arguments.checked(() -> address(said));
    try (DataAccess access = DataAccess.open(invocation.settings())) {
      Site site = access.site(domain);
      Snippet snippet = new Snippet(where == null ? collector(site) : where, site.domain(), pinned);
      PrintStream out = invocation.out();
      out.println(snippet.tracker(site.settings()));
      if (extras) {
        out.println(snippet.extras());
      }
      if (vitals) {
        out.println(snippet.vitals(site.settings()));
      }
    }
    return Cli.OK;
  }

  private static String collector(Site site) {
    String collector = site.settings().accountability().collector();
    return collector.isEmpty() ? "https://HOST" : collector;
  }

  private static String address(String text) {
    URI address = URI.create(text);
    boolean web = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
    if (!web || address.getAuthority() == null || address.getRawQuery() != null) {
      throw new IllegalArgumentException(
          "`" + text + "` is no address of a server, as in https://stats.example.com");
    }
    return text.replaceFirst("/$", "");
  }
}
