package dk.sporlos.cli;

import dk.sporlos.account.Tokens;
import dk.sporlos.site.Site;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
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
        split = ",",
        required = true,
        description = "what it may do: stats (read figures)")
    private List<String> scopes = List.of();

    @Override
    public int run(Invocation invocation) {
      Set<Tokens.Scope> parsed = EnumSet.noneOf(Tokens.Scope.class);
      scopes.forEach(scope -> parsed.add(scope(scope)));
      try (DataAccess access = DataAccess.open(invocation.settings())) {
        Site site = reach.site == null ? null : access.site(reach.site);
        Tokens tokens = new Tokens(access.pool(), new SecureRandom());
        String secret = access.await(tokens.create(site == null ? null : site.id(), parsed));
        invocation.out().println(secret);
      }
      return Cli.OK;
    }

    private static Tokens.Scope scope(String text) {
      for (Tokens.Scope scope : Tokens.Scope.values()) {
        if (scope.label().equals(text.strip().toLowerCase(Locale.ROOT))) {
          return scope;
        }
      }
      throw new UserException("--scope: '" + text + "' is no scope; write stats");
    }
  }
}
