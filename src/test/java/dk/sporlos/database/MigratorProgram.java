package dk.sporlos.database;

import java.io.IOException;

/**
 * A process that migrates the database whose URL is its argument, for {@link ChildJvm}. Says that
 * it is about to, waits for a line, and answers how it went.
 */
final class MigratorProgram {
  private MigratorProgram() {}

  public static void main(String[] arguments) throws IOException {
    Migrator migrator = new Migrator(DatabaseUrl.parse(arguments[0]));
    System.out.println(ChildJvm.MARK + "waiting");
    System.in.read();
    try {
      migrator.migrate();
      System.out.println(ChildJvm.MARK + "migrated");
    } catch (DatabaseException e) {
      System.out.println(ChildJvm.MARK + e.getMessage());
    }
  }
}
