package dk.sporlos.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;

/**
 * A process with an embedded server, for {@link ChildJvm}. Arguments: {@code serve} or {@code
 * command}, and the data directory. Answers with the server's URL, or why there is none; then obeys
 * the lines {@code migrate}, {@code insert} and {@code restart} until there are no more.
 */
final class ServerProgram {
  private final String role;
  private final Path directory;

  private ServerProgram(String role, Path directory) {
    this.role = role;
    this.directory = directory;
  }

  public static void main(String[] arguments) throws IOException {
    try {
      new ServerProgram(arguments[0], Path.of(arguments[1])).run();
    } catch (DatabaseException e) {
      answer(String.valueOf(e.getMessage()));
    }
  }

  private void run() throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    String line = "restart";
    while ("restart".equals(line)) {
      try (EmbeddedServer server = open()) {
        answer(server.url().uri());
        for (line = lines.readLine();
            line != null && !line.equals("restart");
            line = lines.readLine()) {
          obey(line, server.url());
        }
      }
    }
  }

  private static void obey(String line, DatabaseUrl url) {
    switch (line) {
      case "migrate" -> {
        new Migrator(url).migrate();
        answer("migrated");
      }
      case "insert" -> insertUntilKilled(url);
      default -> throw new IllegalArgumentException(line);
    }
  }

  private EmbeddedServer open() {
    return role.equals("serve")
        ? EmbeddedServer.serve(directory, 0)
        : EmbeddedServer.command(directory, 0);
  }

  /** Answers with each number once it is committed. */
  private static void insertUntilKilled(DatabaseUrl url) {
    Sql.execute(url, "create table kept (number int primary key)");
    for (int number = 1; ; number++) {
      Sql.execute(url, "insert into kept values (%d)".formatted(number));
      answer(Integer.toString(number));
    }
  }

  private static void answer(String text) {
    System.out.println(ChildJvm.MARK + text);
    System.out.flush();
  }
}
