package dk.sporlos.cli;

import dk.sporlos.goal.Annotation;
import dk.sporlos.goal.Annotations;
import dk.sporlos.site.Site;
import java.time.DateTimeException;
import java.time.LocalDate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sporlos annotation}. */
@Command(
    name = "annotation",
    description = "Note why figures changed on a day.",
    subcommands = {
      AnnotationCommands.Add.class,
      AnnotationCommands.ListAll.class,
      AnnotationCommands.Remove.class
    })
final class AnnotationCommands {

  /** {@code sporlos annotation add}. */
  @Command(name = "add", description = "Add a note.")
  static final class Add extends SiteTask {
    @Option(
        names = "--day",
        required = true,
        paramLabel = "DAY",
        description = "the day, as in 2026-11-01")
    private String day = "";

    @Parameters(paramLabel = "TEXT", description = "the note, in one line")
    private String text = "";

    @Override
    int run(Invocation invocation, DataAccess access, Site site) {
      LocalDate parsed = day();
      Annotation annotation = Arguments.checked(() -> new Annotation(0, null, parsed, text));
      invocation
          .out()
          .println(await(access, new Annotations(access.pool()).add(site.id(), annotation)).id());
      return Cli.OK;
    }

    private LocalDate day() {
      try {
        return LocalDate.parse(day);
      } catch (DateTimeException unreadable) {
        throw new UserException("--day: '" + day + "' is no day; write one as in 2026-11-01");
      }
    }
  }

  /** {@code sporlos annotation list}. */
  @Command(name = "list", description = "List the notes about a site by their days.")
  static final class ListAll extends SiteTask {
    @Override
    int run(Invocation invocation, DataAccess access, Site site) {
      for (Annotation note : access.await(new Annotations(access.pool()).all(site.id(), null))) {
        invocation.out().println(note.id() + "\t" + note.day() + "\t" + note.text());
      }
      return Cli.OK;
    }
  }

  /** {@code sporlos annotation remove}. */
  @Command(name = "remove", description = "Remove a note.")
  static final class Remove extends SiteTask {
    @Parameters(
        paramLabel = "NUMBER",
        description = "the note, as `sporlos annotation list` prints it")
    private long id;

    @Override
    int run(Invocation invocation, DataAccess access, Site site) {
      return removed(
          access.await(new Annotations(access.pool()).remove(site.id(), id, null)),
          "annotation " + id,
          "annotation list");
    }
  }
}
