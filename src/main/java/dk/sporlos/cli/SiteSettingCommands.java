package dk.sporlos.cli;

import dk.sporlos.settings.Setting;
import dk.sporlos.site.Profile;
import dk.sporlos.site.Rules;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteSettings;
import dk.sporlos.site.SiteStore;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code sporlos site set} and {@code sporlos site show}. */
final class SiteSettingCommands {
  private SiteSettingCommands() {}

  /** {@code sporlos site set}. */
  @Command(
      name = "set",
      description = "Say what holds for a site; see `sporlos site show DOMAIN` for what there is.")
  static final class Set implements Task {
    @Parameters(index = "0", paramLabel = "DOMAIN", description = "the site, as in example.com")
    private String domain = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "the setting, as in hosts")
    private String name = "";

    @Parameters(index = "2", paramLabel = "VALUE", description = "its value; '' for the default")
    private String value = "";

    @Override
    public int run(Invocation invocation) {
      Setting<?> setting = Arguments.checked(() -> SiteSettings.named(name));
      String text = value.strip();
      if (!text.isEmpty()) {
        check(setting, text);
      }
      try (DataAccess access = DataAccess.open(invocation.settings())) {
        Site site = access.site(domain);
        access.await(
            new SiteStore(access.pool())
                .change(site.id(), SiteStore.Change.of(setting, text), DataAccess.ACTOR));
        PolicyRecord.write(access, domain);
        Rules.departures(site.profile(), Map.of(setting.name(), text))
            .forEach(
                departure ->
                    invocation
                        .err()
                        .println(
                            "Beyond profile %s: %s"
                                .formatted(site.profile().label(), departure.words())));
      }
      if (setting.equals(SiteSettings.KEEP_PATHS) && !text.isEmpty()) {
        invocation
            .err()
            .println(
                "Paths that match are kept as they are. If one holds an address, a number or a"
                    + " name of a person, that is stored.");
      }
      return Cli.OK;
    }

    private static void check(Setting<?> setting, String text) {
      try {
        Objects.requireNonNull(setting.parse().apply(text), "parsers return what they read");
      } catch (IllegalArgumentException fault) {
        throw new UserException(setting.name() + ": " + fault.getMessage());
      }
    }
  }

  /** {@code sporlos site show}. */
  @Command(name = "show", description = "Print what holds for a site.")
  static final class Show implements Task {
    @Parameters(paramLabel = "DOMAIN", description = "the site, as in example.com")
    private String domain = "";

    @Override
    public int run(Invocation invocation) {
      try (DataAccess access = DataAccess.open(invocation.settings())) {
        Site site = access.site(domain);
        Map<String, String> texts = access.await(new SiteStore(access.pool()).texts(site.id()));
        invocation
            .out()
            .println(site.domain() + ", " + site.zone() + ", profile " + site.profile().label());
        for (Setting<?> setting : SiteSettings.ALL) {
          print(invocation, site.profile(), setting, texts);
        }
      }
      return Cli.OK;
    }

    private static void print(
        Invocation invocation, Profile profile, Setting<?> setting, Map<String, String> texts) {
      String said = texts.get(setting.name());
      String value = said == null ? SiteSettings.fallback(profile, setting) : said;
      invocation
          .out()
          .printf(
              "%n%s = %s%s%n    %s%n",
              setting.name(),
              value.isEmpty() ? "''" : value,
              said == null ? "  (default)" : "",
              setting.description());
    }
  }
}
