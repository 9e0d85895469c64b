package dk.sporlos.cli;

import dk.sporlos.account.Scope;
import dk.sporlos.account.Tokens;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import dk.sporlos.site.SiteStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sporlos token}. */
@Command(
    name = "token",
    description = "Make, list and revoke tokens, with which programs read figures or send data.",
    subcommands = {
      TokenCommands.Create.class,
      TokenCommands.ListAll.class,
      TokenCommands.Revoke.class
    })
final class TokenCommands {

  private TokenCommands() {}

  private static Tokens tokens(DataAccess access) {
    return new Tokens(access.pool(), Clock.systemUTC(), new SecureRandom());
  }

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

    @Option(names = "--name", paramLabel = "NAME", description = "what you call it")
    private String name = "";

    @Option(
        names = "--expires",
        paramLabel = "DAY",
        description = "first day on which it opens nothing, as in 2027-01-01; never if left out")
    private @Nullable LocalDate expires;

    @Option(
        names = "--hourly",
        paramLabel = "REQUESTS",
        description = "how many requests it may make an hour (${DEFAULT-VALUE})",
        defaultValue = "" + Tokens.Terms.USUAL_HOURLY)
    private int hourly;

    @Override
    public int run(Invocation invocation) {
      Set<Scope> parsed = Arguments.checked(() -> Scope.parse(scopes));
      try (DataAccess access = DataAccess.open(invocation.settings())) {
        Site site = reach.site == null ? null : access.site(reach.site);
        Tokens.Terms terms =
            Arguments.checked(
                () ->
                    new Tokens.Terms(
                        name, site == null ? null : site.id(), parsed, hourly, expires));
        String secret = access.await(tokens(access).create(terms));
        access.audit(site == null ? SiteId.INSTALLATION : site.id(), "add", "token");
        invocation.out().println(secret);
      }
      return Cli.OK;
    }
  }

  /** {@code sporlos token list}. */
  @Command(
      name = "list",
      description =
          "Print the tokens: number, site, scopes, requests an hour, made, last used, end, name.")
  static final class ListAll implements Task {
    @Override
    public int run(Invocation invocation) {
      try (DataAccess access = DataAccess.open(invocation.settings())) {
        Map<SiteId, String> domains =
            access.await(new SiteStore(access.pool()).all()).stream()
                .collect(Collectors.toMap(Site::id, Site::domain));
        for (Tokens.Listed token : access.await(tokens(access).all())) {
          Tokens.Terms terms = token.terms();
          SiteId site = terms.site();
          invocation
              .out()
              .printf(
                  Locale.ROOT,
                  "%d\t%s\t%s\t%d\t%s\t%s\t%s\t%s%n",
                  token.id(),
                  site == null ? "all sites" : domains.get(site),
                  terms.scopes().stream()
                      .sorted()
                      .map(Scope::label)
                      .collect(Collectors.joining(",")),
                  terms.hourly(),
                  token.createdOn(),
                  token.usedOn() == null ? "never" : token.usedOn(),
                  terms.expiresOn() == null ? "never" : terms.expiresOn(),
                  terms.name());
        }
      }
      return Cli.OK;
    }
  }

  /** {@code sporlos token revoke}. */
  @Command(name = "revoke", description = "Take a token back: it opens nothing from now on.")
  static final class Revoke implements Task {
    @Parameters(paramLabel = "NUMBER", description = "of the token; see `sporlos token list`")
    private int id;

    @Override
    public int run(Invocation invocation) {
      try (DataAccess access = DataAccess.open(invocation.settings())) {
        if (!access.await(tokens(access).revoke(id))) {
          throw new UserException("there is no token " + id + "; see `sporlos token list`");
        }
        access.audit(SiteId.INSTALLATION, "remove", "token " + id);
      }
      return Cli.OK;
    }
  }
}
