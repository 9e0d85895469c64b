package dk.sporlos.cli;

import dk.sporlos.settings.Setting;
import dk.sporlos.site.Privacy;
import dk.sporlos.site.Profile;
import dk.sporlos.site.Rules;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code sporlos site profile}. */
@Command(
    name = "profile",
    description =
        "Print a site's privacy settings, where they come from and where they leave the"
            + " profile; with a profile, change to it first.")
final class SiteProfileCommand implements Task {
  @Parameters(index = "0", paramLabel = "DOMAIN", description = "the site, as in example.com")
  private String domain = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "PROFILE",
      description = "dk, cnil, uk or strict; nothing to leave it as it is")
  private @Nullable String chosen;

  @Override
  public List<Setting<?>> settings() {
    return Options.OF_TEXTS;
  }

  @Override
  public int run(Invocation invocation) {
    String named = chosen;
    Profile other = named == null ? null : Arguments.checked(() -> Profile.parse(named));
    try (DataAccess access = DataAccess.open(invocation.settings())) {
      Site site = access.site(domain);
      SiteStore store = new SiteStore(access.pool());
      if (other != null) {
        access.await(
            store.change(site.id(), new SiteStore.Change(other, Map.of()), DataAccess.ACTOR));
        PolicyRecord.write(access, domain);
      }
      Profile profile = other == null ? site.profile() : other;
      print(invocation, site, profile, access.await(store.texts(site.id())));
    }
    return Cli.OK;
  }

  private static void print(
      Invocation invocation, Site site, Profile profile, Map<String, String> texts) {
    invocation
        .out()
        .printf("%s: profile %s – %s%n", site.domain(), profile.label(), profile.description());
    for (Setting<?> setting : Privacy.ALL) {
      Rules.Rule rule =
          Objects.requireNonNull(Rules.of(profile, setting), "every setting has its rule");
      String said = texts.get(setting.name());
      invocation
          .out()
          .printf(
              "%n%s = %s%s%n    %s%n    %s%n",
              setting.name(),
              said == null ? rule.value() : said,
              said == null ? "" : "  (the profile says " + rule.value() + ")",
              setting.description(),
              rule.source());
    }
    List<Rules.Departure> departures = Rules.departures(profile, texts);
    invocation.out().println();
    if (departures.isEmpty()) {
      invocation.out().println("Nothing goes beyond the profile.");
    }
    departures.forEach(
        departure -> invocation.out().println("Beyond the profile: " + departure.words()));
    List<String> missing =
        site.settings()
            .accountability()
            .orElse(Options.accountability(invocation.settings()))
            .missing();
    if (!missing.isEmpty()) {
      invocation
          .out()
          .println("The policy has gaps; nothing is said of " + String.join(", ", missing) + ".");
    }
    invocation.out().println("The rules are named for orientation; this is not legal advice.");
  }
}
