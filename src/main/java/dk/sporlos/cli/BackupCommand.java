package dk.sporlos.cli;

import dk.sporlos.site.SiteId;
import dk.sporlos.transfer.Backup;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code sporlos backup}. */
@Command(
    name = "backup",
    description =
        "Write a copy of the whole database to a file, beside a server that runs or without one.")
final class BackupCommand implements Task {
  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "a .zip that is not there yet; only its owner may read it")
  private Path file = Path.of("");

  @Override
  public int run(Invocation invocation) {
    if (Files.exists(file)) {
      throw new UserException(file + " is there already: name another file, or remove it first");
    }
    try (DataAccess access = DataAccess.open(invocation.settings())) {
      Backup.Written written =
          write(new Backup(access.url(), new SecureRandom(), Clock.systemUTC()));
      access.audit(SiteId.INSTALLATION, "backup", "database");
      invocation.out().printf("%,d rows as of %s in %s%n", written.rows(), written.madeAt(), file);
    } catch (NoSuchFileException none) {
      throw new UserException(file + " cannot be written: its directory is not there");
    } catch (FileAlreadyExistsException raced) {
      throw new UserException(file + " is there already: another was made meanwhile, and is kept");
    } catch (IOException failure) {
      throw new UserException(file + " cannot be written: " + failure.getMessage());
    }
    return Cli.OK;
  }

  private Backup.Written write(Backup backup) throws IOException {
    return WholeFile.write(
        file,
        part -> {
          try (OutputStream to = new BufferedOutputStream(Files.newOutputStream(part))) {
            return backup.write(to);
          }
        });
  }
}
