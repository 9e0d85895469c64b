package dk.sporlos.cli;

import dk.sporlos.account.Scope;
import dk.sporlos.account.Tokens;
import dk.sporlos.site.Site;
import java.security.SecureRandom;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sporlos token}. */
@Command(
    name = "token",
    description = "Make tokens, with which programs read figures.",
    subcommands = TokenCommands.Create.class)
final class TokenCommands {

  /** Which sites a token is for. */
  static final class Reach {
    @Option(names = "--site", paramLabel = "DOMAIN", description = "the site that it is for")
    @Nullable String site;

    @Option(names = "--all-sites", description = "for every site, those to come included")
    boolean allSites;
  }

  /** {@code sporlos token create}. */
  @Command(name = "create", description = "Make a token and print it; it cannot be shown again.")
  static final class Create implements Task {
    @ArgGroup(multiplicity = "1")
    private Reach reach = new Reach();

    @Option(
        names = "--scope",
        paramLabel = "SCOPES",
        required = true,
        description = "what it may do, separated by commas: stats, import, sites, send, outside")
    private String scopes = "";

    @Override
    public int run(Invocation invocation) {
      Set<Scope> parsed = Arguments.checked(() -> Scope.parse(scopes));
      try (DataAccess access = DataAccess.open(invocation.settings())) {
        Site site = reach.site == null ? null : access.site(reach.site);
        Tokens tokens = new Tokens(access.pool(), new SecureRandom());
        String secret = access.await(tokens.create(site == null ? null : site.id(), parsed));
        invocation.out().println(secret);
      }
      return Cli.OK;
    }
  }
}
