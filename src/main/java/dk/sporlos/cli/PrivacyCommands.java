package dk.sporlos.cli;

import dk.sporlos.page.Language;
import dk.sporlos.privacy.Documents;
import dk.sporlos.privacy.Documents.Document;
import dk.sporlos.privacy.Policies;
import dk.sporlos.settings.Setting;
import dk.sporlos.site.Accountability;
import dk.sporlos.site.Site;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sporlos privacy}. */
@Command(
    name = "privacy",
    description = "Print what is to be said and written down about the privacy of visitors.",
    subcommands = {
      PrivacyCommands.PolicyText.class,
      PrivacyCommands.ProcessingRecord.class,
      PrivacyCommands.Cookies.class,
      PrivacyCommands.Dpia.class,
      PrivacyCommands.ProcessorAgreement.class,
      PrivacyCommands.InventoryTable.class
    })
final class PrivacyCommands {

  /** A task that prints a text about one site. */
  abstract static class OfSite implements Task {
    @Parameters(paramLabel = "DOMAIN", description = "the site, as in example.com")
    private String domain = "";

    @Override
    public List<Setting<?>> settings() {
      return Options.OF_TEXTS;
    }

    @Override
    public int run(Invocation invocation) {
      check();
      Accountability installation = Options.accountability(invocation.settings());
      try (DataAccess access = DataAccess.open(invocation.settings())) {
        Site site = access.site(domain);
        invocation.out().println(text(access, site, installation).stripTrailing());
        List<String> missing = site.settings().accountability().orElse(installation).missing();
        if (!missing.isEmpty()) {
          invocation
              .err()
              .printf(
                  "Nothing is said of %s; say it for the site (sporlos site set %s %s …) or for all"
                      + " (%s …).%n",
                  String.join(", ", missing), site.domain(), missing.get(0), "--" + missing.get(0));
        }
      }
      return Cli.OK;
    }

    /** Whether the arguments make sense, before a database is opened. */
    void check() {}

    abstract String text(DataAccess access, Site site, Accountability installation);

    static String of(Site site, Accountability installation, Function<Documents, String> document) {
      return document.apply(new Documents(site, installation));
    }
  }

  /** {@code sporlos privacy policy}. */
  @Command(name = "policy", description = "Print the privacy policy of a site.")
  static final class PolicyText extends OfSite {
    @Option(
        names = "--lang",
        paramLabel = "LANGUAGE",
        defaultValue = "da",
        description = "da or en (${DEFAULT-VALUE})")
    private String language = "";

    @Option(
        names = "--format",
        paramLabel = "FORMAT",
        defaultValue = "text",
        description = "text or html (${DEFAULT-VALUE})")
    private String format = "";

    @Override
    void check() {
      Arguments.checked(() -> Language.parse(language));
      if (!format.equals("text") && !format.equals("html")) {
        throw new UserException("--format: '" + format + "' is neither; write text or html");
      }
    }

    @Override
    String text(DataAccess access, Site site, Accountability installation) {
      return access.await(
          new Policies(access.pool(), installation, Clock.systemUTC())
              .text(site, Language.parse(language), format.equals("html")));
    }
  }

  /** {@code sporlos privacy record}. */
  @Command(name = "record", description = "Print the record of processing (GDPR art. 30).")
  static final class ProcessingRecord extends OfSite {
    @Override
    String text(DataAccess access, Site site, Accountability installation) {
      return of(site, installation, documents -> documents.text(Document.RECORD));
    }
  }

  /** {@code sporlos privacy cookies}. */
  @Command(name = "cookies", description = "Print what browsers keep, as a table.")
  static final class Cookies extends OfSite {
    @Override
    String text(DataAccess access, Site site, Accountability installation) {
      return of(site, installation, Documents::cookies);
    }
  }

  /** {@code sporlos privacy dpia}. */
  @Command(name = "dpia", description = "Print a template of an impact assessment (GDPR art. 35).")
  static final class Dpia extends OfSite {
    @Override
    String text(DataAccess access, Site site, Accountability installation) {
      return of(site, installation, documents -> documents.text(Document.DPIA));
    }
  }

  /** {@code sporlos privacy processor-agreement}. */
  @Command(
      name = "processor-agreement",
      description = "Print a template of an agreement with a processor (GDPR art. 28).")
  static final class ProcessorAgreement extends OfSite {
    @Override
    String text(DataAccess access, Site site, Accountability installation) {
      return of(site, installation, documents -> documents.text(Document.PROCESSOR_AGREEMENT));
    }
  }

  /** {@code sporlos privacy inventory}. */
  @Command(name = "inventory", description = "Print all that is kept of visitors of a site.")
  static final class InventoryTable extends OfSite {
    @Override
    String text(DataAccess access, Site site, Accountability installation) {
      return of(site, installation, Documents::table);
    }
  }
}
