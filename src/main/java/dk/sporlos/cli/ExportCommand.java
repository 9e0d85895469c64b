package dk.sporlos.cli;

import dk.sporlos.site.Site;
import dk.sporlos.transfer.Exports;
import io.vertx.core.Future;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sporlos export}. */
@Command(
    name = "export",
    description = "Write the statistics of a site's finished days to a file: sums, never visits.")
final class ExportCommand implements Task {
  @Option(
      names = "--site",
      required = true,
      paramLabel = "DOMAIN",
      description = "the site, as in example.com")
  private String domain = "";

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FILE",
      description = "a .zip of tables for another web analytics, or .ndjson of all totals")
  private Path to = Path.of("");

  @Override
  public int run(Invocation invocation) {
    String name = to.toString().toLowerCase(Locale.ROOT);
    boolean zip = name.endsWith(".zip");
    if (!zip && !name.endsWith(".ndjson")) {
      throw new UserException("--to: " + to + " has to end in .zip or .ndjson");
    }
    try (DataAccess access = DataAccess.open(invocation.settings())) {
      Site site = access.site(domain);
      Exports exports =
          new Exports(access.vertx(), access.poolForLongWork("export"), Clock.systemUTC());
      write(access, exports, site, zip);
    } catch (IOException failure) {
      throw new UserException(to + " cannot be written: " + failure.getMessage());
    }
    return Cli.OK;
  }

  private void write(DataAccess access, Exports exports, Site site, boolean zip)
      throws IOException {
    WholeFile.write(
        to,
        part ->
            DataAccess.awaitLong(
                access
                    .vertx()
                    .fileSystem()
                    .open(part.toString(), new OpenOptions().setTruncateExisting(true))
                    .compose(file -> write(exports, site, zip, file))),
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static Future<Void> write(Exports exports, Site site, boolean zip, AsyncFile file) {
    Future<Void> written = zip ? exports.zip(site, file::write) : exports.totals(site, file::write);
    return written.eventually(file::close);
  }
}
