package dk.sporlos.cli;

import dk.sporlos.seal.Redaction;
import dk.sporlos.site.Site;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sporlos redact}. */
@Command(
    name = "redact",
    description =
        "Take one path or value out of all that is kept of a site, and leave the figures"
            + " as they are.")
final class RedactCommand implements Task {
  @Parameters(paramLabel = "DOMAIN", description = "the site, as in example.com")
  private String domain = "";

  @Option(
      names = "--page",
      paramLabel = "PATH",
      description = "path of a page, as `sporlos stats --by page` prints it")
  private @Nullable String page;

  @Option(
      names = "--value",
      paramLabel = "TEXT",
      description = "value of a property, campaign or referrer, or name of an event")
  private @Nullable String value;

  @Option(names = "--dry-run", description = "say where it stands, and change nothing")
  private boolean dryRun;

  @Override
  public int run(Invocation invocation) {
    String path = page;
    String text = value;
    if ((path == null) == (text == null)) {
      throw new UserException("say either --page PATH or --value TEXT");
    }
    try (DataAccess access = DataAccess.open(invocation.settings())) {
      Site site = access.site(domain);
      Redaction redaction = new Redaction(access.pool());
      Map<String, Long> found =
          access.await(
              path != null
                  ? redaction.page(site, path, !dryRun)
                  : redaction.value(site, String.valueOf(text), !dryRun));
      if (found.isEmpty()) {
        invocation.err().println("It stands nowhere.");
      }
      found.forEach((table, rows) -> invocation.out().println(table + "\t" + rows));
      if (dryRun) {
        invocation.err().println("Nothing was changed: this was a dry run.");
      } else if (!found.isEmpty()) {
        invocation
            .err()
            .println(
                "Redacted. Where the website goes on sending it, it comes back: see that it does"
                    + " not, or exclude the page.");
      }
    }
    return Cli.OK;
  }
}
