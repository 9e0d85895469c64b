package dk.sporlos.cli;

import dk.sporlos.seal.SiteRemoval;
import dk.sporlos.seal.SiteReset;
import dk.sporlos.site.Domain;
import dk.sporlos.site.Profile;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteSettings;
import dk.sporlos.site.SiteStore;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sporlos site}. */
@Command(
    name = "site",
    description = "Register sites, list them, and say what holds for each.",
    subcommands = {
      SiteCommands.Add.class,
      SiteCommands.ListAll.class,
      SiteSettingCommands.Set.class,
      SiteSettingCommands.Show.class,
      SiteProfileCommand.class,
      SiteDialectCommand.class,
      SiteSnippetCommand.class,
      SiteCommands.Reset.class,
      SiteCommands.Remove.class
    })
final class SiteCommands {

  /** {@code sporlos site add}. */
  @Command(name = "add", description = "Register a site, so that its visits are counted.")
  static final class Add implements Task {
    @Parameters(paramLabel = "DOMAIN", description = "the site's host, as in example.com")
    private String domain = "";

    @Option(
        names = "--timezone",
        paramLabel = "ZONE",
        description = "where its days are counted, as in Europe/Copenhagen (${DEFAULT-VALUE})",
        defaultValue = "UTC")
    private String timezone = "";

    @Option(
        names = "--profile",
        paramLabel = "PROFILE",
        description = "set of privacy settings: dk (${DEFAULT-VALUE}), cnil, uk or strict",
        defaultValue = "dk")
    private String profile = "";

    @Override
    public int run(Invocation invocation) {
      String name = Arguments.checked(() -> Domain.parse(domain));
      ZoneId zone = zone();
      Profile chosen = Arguments.checked(() -> Profile.parse(profile));
      try (DataAccess access = DataAccess.open(invocation.settings())) {
        Site site = access.await(new SiteStore(access.pool()).add(name, zone, false, chosen));
        if (site == null) {
          throw new UserException(name + " is registered already; see `sporlos site list`");
        }
        access.audit(site.id(), "add", "site");
      }
      invocation.out().println(name + " is registered; its days are those of " + zone + ".");
      invocation.out().println("Put this into its pages, HOST being the address of this server:");
      invocation
          .out()
          .println("  " + new Snippet("https://HOST", name).tracker(SiteSettings.DEFAULT));
      return Cli.OK;
    }

    private ZoneId zone() {
      try {
        // Only names of regions: an offset would not know when the clocks change.
        if (ZoneId.getAvailableZoneIds().contains(timezone)) {
          return ZoneId.of(timezone);
        }
      } catch (DateTimeException unknown) {
        // said below, as for any other name that is none
      }
      throw new UserException(
          "--timezone: '" + timezone + "' is no time zone; write one as in Europe/Copenhagen");
    }
  }

  /** {@code sporlos site list}. */
  @Command(name = "list", description = "List the sites with their time zones and profiles.")
  static final class ListAll implements Task {

    @Override
    public int run(Invocation invocation) {
      try (DataAccess access = DataAccess.open(invocation.settings())) {
        List<Site> sites = access.await(new SiteStore(access.pool()).all());
        sites.forEach(
            site ->
                invocation
                    .out()
                    .println(
                        site.domain()
                            + "\t"
                            + site.zone()
                            + "\t"
                            + site.profile().label()
                            + (site.demo() ? "\tdemo data" : "")));
        if (sites.isEmpty()) {
          invocation
              .err()
              .println("No site is registered yet; add one: sporlos site add example.com");
        }
      }
      return Cli.OK;
    }
  }

  /** A site that is named twice, so that nothing is deleted by mistake. */
  static final class Twice {
    @Parameters(paramLabel = "DOMAIN", description = "the site, as in example.com")
    private String domain = "";

    @Option(
        names = "--confirm",
        required = true,
        paramLabel = "DOMAIN",
        description = "the same again, so that nothing is removed by mistake")
    private String confirmed = "";

    String domain(String purpose) {
      if (!confirmed.equals(domain)) {
        throw new UserException("--confirm: write '" + domain + "' again " + purpose);
      }
      return domain;
    }
  }

  /** {@code sporlos site reset}. */
  @Command(
      name = "reset",
      description =
          "Forget all figures of a site, for good; its settings, goals, members and tokens stay.")
  static final class Reset implements Task {
    @Mixin private Twice site = new Twice();

    @Override
    public int run(Invocation invocation) {
      String domain = site.domain("to forget its figures");
      try (DataAccess access = DataAccess.open(invocation.settings())) {
        Site known = access.site(domain);
        DataAccess.awaitLong(
            new SiteReset(access.poolForLongWork("reset")).reset(known, DataAccess.ACTOR));
        invocation.err().println("All figures of " + known.domain() + " are forgotten.");
      }
      return Cli.OK;
    }
  }

  /** {@code sporlos site remove}. */
  @Command(name = "remove", description = "Remove a site with all its figures, for good.")
  static final class Remove implements Task {
    @Mixin private Twice site = new Twice();

    @Override
    public int run(Invocation invocation) {
      String domain = site.domain("to remove the site");
      try (DataAccess access = DataAccess.open(invocation.settings())) {
        Site known = access.site(domain);
        SiteRemoval removal = new SiteRemoval(access.poolForLongWork("removal"), Clock.systemUTC());
        access.await(removal.remove(known, DataAccess.ACTOR));
        DataAccess.awaitLong(removal.sweep());
        invocation.err().println(known.domain() + " is removed with all its figures.");
      }
      return Cli.OK;
    }
  }
}
