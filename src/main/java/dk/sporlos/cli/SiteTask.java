package dk.sporlos.cli;

import dk.sporlos.site.Site;
import io.vertx.core.Future;
import picocli.CommandLine.Option;

/** A command about what the owner of one site defines. */
abstract class SiteTask implements Task {
  @Option(
      names = "--site",
      required = true,
      paramLabel = "DOMAIN",
      description = "the site, as in example.com")
  private String domain = "";

  @Override
  public final int run(Invocation invocation) {
    try (DataAccess access = DataAccess.open(invocation.settings())) {
      return run(invocation, access, access.site(domain));
    }
  }

  /**
   * Does it.
   *
   * @return exit code
   */
  abstract int run(Invocation invocation, DataAccess access, Site site);

  /** What the future succeeds with; what somebody wrote that cannot be kept is said to them. */
  static <T> T await(DataAccess access, Future<T> future) {
    return Arguments.checked(() -> access.await(future));
  }

  /** The end of a command that removes something. */
  static int removed(boolean removed, String what, String list) {
    if (!removed) {
      throw new UserException(what + " is not there; see `sporlos " + list + "`");
    }
    return Cli.OK;
  }
}
