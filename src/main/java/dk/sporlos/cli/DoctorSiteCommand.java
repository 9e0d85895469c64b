package dk.sporlos.cli;

import dk.sporlos.account.SiteDoctor;
import dk.sporlos.account.SiteDoctor.Finding;
import dk.sporlos.site.HostName;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code sporlos doctor site}. */
@Command(
    name = "site",
    description =
        "Look at a page of a registered site for what keeps its visits from being counted; exit"
            + " code 1 if something does.")
final class DoctorSiteCommand implements Task {
  @Parameters(paramLabel = "URL", description = "a page, as in https://example.com/")
  private String address = "";

  @Override
  public int run(Invocation invocation) {
    String host = Arguments.checked(() -> host(address));
    try (DataAccess access = DataAccess.open(invocation.settings())) {
      Site site =
          access.await(new SiteStore(access.pool()).all()).stream()
              .filter(one -> one.hasPagesOn(host))
              .max(Comparator.comparingInt(one -> one.domain().length()))
              .orElseThrow(
                  () ->
                      new UserException(
                          host + " is a host of no registered site; see `sporlos site list`"));
      List<Finding> findings = access.await(new SiteDoctor(access.vertx()).examine(site, address));
      for (Finding finding : findings) {
        invocation
            .out()
            .printf("%s: %s%n  %s%n", finding.code(), finding.detail(), finding.remedy());
      }
      if (findings.isEmpty()) {
        invocation
            .out()
            .println("Nothing is wrong: the page is counted for " + site.domain() + ".");
      }
      return findings.isEmpty() ? Cli.OK : Cli.FAILED;
    }
  }

  private static String host(String address) {
    String host = URI.create(address.strip()).getHost();
    if (host == null) {
      throw new IllegalArgumentException(
          "'" + address + "' is no address of a page; write one as in https://example.com/");
    }
    return HostName.canonical(host);
  }
}
