package dk.sporlos.cli;

import dk.sporlos.settings.Setting;
import dk.sporlos.site.Dialect;
import dk.sporlos.site.Dialects;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sporlos site dialect}. */
@Command(
    name = "dialect",
    description =
        "Take what the tracker of another product sends, so that a website comes from there by"
            + " changing one address; see docs/dialects.md.")
final class SiteDialectCommand implements Task {
  @Parameters(index = "0", paramLabel = "DOMAIN", description = "the site, as in example.com")
  private String domain = "";

  @Parameters(
      index = "1",
      paramLabel = "DIALECT",
      description = "plausible, umami, matomo or goatcounter")
  private String named = "";

  @Option(names = "--off", description = "take nothing of that product any more")
  private boolean off;

  @Option(
      names = "--matomo-id",
      paramLabel = "NUMBER",
      description = "the site's number in Matomo, as in 3")
  private @Nullable String matomoId;

  @Option(
      names = "--umami-id",
      paramLabel = "UUID",
      description = "the website's id in Umami, as in its data-website-id")
  private @Nullable String umamiId;

  @Option(
      names = "--goatcounter-host",
      paramLabel = "HOST",
      description = "host at which GoatCounter counted the site, as in code.example.com")
  private @Nullable String goatCounterHost;

  @Override
  public int run(Invocation invocation) {
    Dialect dialect = Arguments.checked(() -> Dialect.parse(named));
    Map<Setting<?>, String> texts = ids(dialect);
    try (DataAccess access = DataAccess.open(invocation.settings())) {
      Site site = access.site(domain);
      Set<Dialect> taken = EnumSet.noneOf(Dialect.class);
      taken.addAll(site.settings().dialects().taken());
      boolean changed = off ? taken.remove(dialect) : taken.add(dialect);
      if (!off) {
        requireId(dialect, site, texts);
      }
      texts.put(Dialects.TAKEN, Dialects.written(taken));
      SiteTask.await(
          access,
          new SiteStore(access.pool())
              .change(site.id(), new SiteStore.Change(null, texts), DataAccess.ACTOR));
      invocation
          .out()
          .println(
              site.domain()
                  + (off ? " takes nothing of " : " takes what trackers send of ")
                  + dialect.label()
                  + (changed ? "." : ", as before."));
    }
    return Cli.OK;
  }

  private Map<Setting<?>, String> ids(Dialect dialect) {
    Map<Setting<?>, String> said = new HashMap<>();
    put(said, Dialects.MATOMO_ID, matomoId);
    put(said, Dialects.UMAMI_ID, umamiId);
    put(said, Dialects.GOATCOUNTER_HOST, goatCounterHost);
    Setting<String> fitting = Dialects.idSetting(dialect);
    said.keySet()
        .forEach(
            setting -> {
              if (!setting.equals(fitting)) {
                throw new UserException(
                    setting.flag() + " is not for " + dialect.label() + "; leave it out");
              }
            });
    return said;
  }

  private static void put(
      Map<Setting<?>, String> said, Setting<String> setting, @Nullable String text) {
    if (text != null) {
      try {
        said.put(setting, Objects.requireNonNull(setting.parse().apply(text), "parsers return"));
      } catch (IllegalArgumentException fault) {
        throw new UserException(setting.flag() + ": " + fault.getMessage());
      }
    }
  }

  /** A product's trackers name the site as the product did, and nobody else knows how that was. */
  private static void requireId(Dialect dialect, Site site, Map<Setting<?>, String> said) {
    Setting<String> setting = Dialects.idSetting(dialect);
    boolean known =
        setting == null
            || said.containsKey(setting)
            || !site.settings().dialects().idIn(dialect).isEmpty();
    if (setting != null && !known) {
      throw new UserException(
          dialect.label()
              + " knows sites by a name of its own; add "
              + setting.flag()
              + " "
              + setting.placeholder()
              + ", "
              + setting.description());
    }
  }
}
