package dk.sporlos.cli;

import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.EmbeddedServer;
import dk.sporlos.database.Installation;
import dk.sporlos.fold.Interruptions;
import dk.sporlos.settings.Settings;
import dk.sporlos.site.SiteId;
import dk.sporlos.transfer.Restore;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code sporlos restore}. */
@Command(
    name = "restore",
    description = "Read what `sporlos backup` wrote into an empty directory or database.")
final class RestoreCommand implements Task {
  @Parameters(index = "0", paramLabel = "FILE", description = "what `sporlos backup` wrote")
  private Path file = Path.of("");

  @Override
  public int run(Invocation invocation) {
    Settings settings = invocation.settings();
    try (Restore restore = new Restore(file)) {
      long rows = restore(restore, settings);
      invocation.out().printf("%,d rows as of %s restored%n", rows, restore.madeAt());
      try (DataAccess access = DataAccess.open(settings)) {
        access.await(Interruptions.mark(access.pool(), restore.madeAt()));
        access.audit(SiteId.INSTALLATION, "restore", "database");
      }
    }
    invocation
        .err()
        .println(
            "What was deleted, revoked or changed since then is as it was: sites, tokens and roles above all. Everybody signs in anew.");
    return Cli.OK;
  }

  private static long restore(Restore restore, Settings settings) {
    DatabaseUrl own = settings.find(Options.DATABASE);
    if (own != null) {
      return into(own, settings.isSaid(Options.DATA) ? settings.get(Options.DATA) : null, restore);
    }
    try (EmbeddedServer embedded =
        EmbeddedServer.command(settings.get(Options.DATA), settings.get(Options.DATABASE_PORT))) {
      return into(embedded.url(), settings.get(Options.DATA), restore);
    }
  }

  private static long into(DatabaseUrl url, @Nullable Path directory, Restore restore) {
    if (directory == null) {
      return restore.into(url);
    }
    // The directory may know the installation whose database was lost; no other.
    Installation mark = new Installation(url, directory, restore.installation());
    mark.check();
    long rows = restore.into(url);
    mark.note();
    return rows;
  }
}
