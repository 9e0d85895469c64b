package dk.sporlos.cli;

import dk.sporlos.account.Passwords;
import dk.sporlos.account.SharedLink;
import dk.sporlos.account.SharedLinks;
import dk.sporlos.settings.Setting;
import dk.sporlos.site.Site;
import dk.sporlos.stats.InvalidQueryException;
import dk.sporlos.stats.Outsiders;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sporlos link}. */
@Command(
    name = "link",
    description = "Share rounded figures of a site by secret addresses.",
    subcommands = {LinkCommands.Add.class, LinkCommands.ListAll.class, LinkCommands.Remove.class})
final class LinkCommands {

  private LinkCommands() {}

  private static SharedLinks links(DataAccess access) {
    return new SharedLinks(access.pool(), Clock.systemUTC(), new SecureRandom());
  }

  /** {@code sporlos link add}. */
  @Command(
      name = "add",
      description = "Make a shared link and print its address, which cannot be shown again.")
  static final class Add extends SiteTask {
    @Option(
        names = "--name",
        required = true,
        paramLabel = "TEXT",
        description = "what you call it; its page shows it")
    private String name = "";

    @Option(
        names = "--filters",
        paramLabel = "JSON",
        description =
            "count these visits alone, as in a query: [[\"is\",\"visit:country\",[\"DK\"]]]")
    private String filters = "[]";

    @Option(
        names = "--frames",
        split = ",",
        paramLabel = "ORIGINS",
        description = "pages that may show it in a frame, as in https://example.com; * for any")
    private List<String> frames = List.of();

    @Option(
        names = "--expires",
        paramLabel = "DAY",
        description = "first day on which it opens nothing, as in 2027-01-01; never if left out")
    private @Nullable LocalDate expires;

    @Option(
        names = "--password",
        description = "ask for a password, which is read from standard input, a line")
    private boolean password;

    @Override
    public List<Setting<?>> settings() {
      return Stream.concat(Options.OF_DATA.stream(), Stream.<Setting<?>>of(Options.PUBLIC_URL))
          .toList();
    }

    @Override
    int run(Invocation invocation, DataAccess access, Site site) {
      JsonArray segment = segment();
      SharedLink.Terms terms =
          Arguments.checked(
              () -> new SharedLink.Terms(name, segment, new SharedLink.Frames(frames), expires));
      String hash = password ? hash(access) : null;
      SharedLinks.Added added =
          await(
              access,
              Arguments.checked(() -> links(access).add(site.id(), terms, hash, DataAccess.ACTOR)));
      if (added == null) {
        throw new UserException(
            "the site has a shared link of this name, or 500 of them; see `sporlos link list`");
      }
      print(invocation, added.path());
      return Cli.OK;
    }

    private JsonArray segment() {
      try {
        JsonArray parsed = new JsonArray(filters);
        Outsiders.checkSegment(parsed);
        return parsed;
      } catch (DecodeException | ClassCastException unreadable) {
        throw new UserException(
            "--filters: this is no list in JSON; write one as in"
                + " [[\"is\",\"visit:country\",[\"DK\"]]]");
      } catch (InvalidQueryException unfit) {
        throw new UserException("--filters: " + unfit.getMessage());
      }
    }

    private static String hash(DataAccess access) {
      Passwords passwords = new Passwords(access.vertx(), new SecureRandom());
      String said = line();
      return Arguments.checked(
          () -> {
            passwords.checkShared(said);
            return access.await(passwords.hash(said));
          });
    }

    private static String line() {
      try {
        String line =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        return line == null ? "" : line;
      } catch (IOException unreadable) {
        throw new UserException("the password could not be read from standard input");
      }
    }

    private static void print(Invocation invocation, String path) {
      URI known = invocation.settings().find(Options.PUBLIC_URL);
      invocation.out().println((known == null ? "https://HOST" : known.toString()) + path);
      if (known == null) {
        invocation
            .err()
            .println("HOST is the address of this server; --public-url makes the link whole.");
      }
    }
  }

  /** {@code sporlos link list}. */
  @Command(
      name = "list",
      description =
          "Print the shared links of a site: number, made, last used, end, password, frames,"
              + " filters, name.")
  static final class ListAll extends SiteTask {
    @Override
    int run(Invocation invocation, DataAccess access, Site site) {
      for (SharedLink link : access.await(links(access).of(site.id()))) {
        SharedLink.Terms terms = link.terms();
        invocation
            .out()
            .printf(
                Locale.ROOT,
                "%d\t%s\t%s\t%s\t%s\t%s\t%s\t%s%n",
                link.id(),
                link.createdOn(),
                link.usedOn() == null ? "never" : link.usedOn(),
                terms.expiresOn() == null ? "never" : terms.expiresOn(),
                link.passwordHash() == null ? "open" : "password",
                terms.frames().origins().isEmpty()
                    ? "no frames"
                    : String.join(",", terms.frames().origins()),
                terms.filters().encode(),
                terms.name());
      }
      return Cli.OK;
    }
  }

  /** {@code sporlos link remove}. */
  @Command(name = "remove", description = "Take a shared link back: it opens nothing from now on.")
  static final class Remove extends SiteTask {
    @Parameters(paramLabel = "NUMBER", description = "the link, as `sporlos link list` prints it")
    private long id;

    @Override
    int run(Invocation invocation, DataAccess access, Site site) {
      return removed(access.await(links(access).remove(site.id(), id)), "link " + id, "link list");
    }
  }
}
