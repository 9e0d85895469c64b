package dk.sporlos.cli;

import dk.sporlos.SuccessionException;
import dk.sporlos.database.DatabaseException;
import dk.sporlos.http.HttpListener.ListenException;
import dk.sporlos.http.TlsException;
import dk.sporlos.settings.Setting;
import dk.sporlos.settings.Settings;
import dk.sporlos.settings.SettingsReader;
import dk.sporlos.settings.Version;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The command line: finds the command, reads its settings, and says all that is wrong at once. */
public final class Cli {

  /** Everything went well. */
  public static final int OK = 0;

  /** Something went wrong that nobody at the keyboard can mend. */
  public static final int FAILED = 1;

  /** The person at the keyboard can mend it. */
  public static final int MENDABLE = 2;

  /** Nobody was there to be asked. */
  public static final int UNANSWERED = 3;

  private static final String CONFIG = "--config";

  /** Names the file for all commands, where it is not named by the flag. */
  private static final String CONFIG_VARIABLE = "SPORLOS_CONFIG";

  /** The program without a command. */
  @Command(
      name = "sporlos",
      description =
          "Web analytics that counts visits and keeps nothing that leads back to the visitor.",
      subcommands = {
        Serve.class,
        Demo.class,
        SiteCommands.class,
        TokenCommands.class,
        UserCommands.class,
        GoalCommands.class,
        FunnelCommands.class,
        SegmentCommands.class,
        LinkCommands.class,
        AnnotationCommands.class,
        PropertyCommands.class,
        StatsCommand.class,
        RefusalsCommand.class,
        RedactCommand.class,
        RetentionCommands.Run.class,
        RetentionCommands.Lines.class,
        SealCommand.class,
        ExportCommand.class,
        CleanedCommand.class,
        ImportCommands.class,
        PrivacyCommands.class,
        DoctorCommand.class,
        BackupCommand.class,
        RestoreCommand.class,
        DatabaseCommands.class
      })
  private static final class Program {}

  private final PrintStream out;
  private final PrintStream err;
  private final Map<String, String> environment;

  public Cli(PrintStream out, PrintStream err, Map<String, String> environment) {
    this.out = out;
    this.err = err;
    this.environment = Map.copyOf(environment);
  }

  /**
   * Runs a command.
   *
   * @return exit code: {@link #OK}, {@link #FAILED}, {@link #MENDABLE} or {@link #UNANSWERED}
   */
  public int run(String... arguments) {
    ParseResult parsed = commandLine().parseArgs(arguments);
    ParseResult command = parsed;
    List<String> faults = new ArrayList<>(faults(parsed));
    while (command.hasSubcommand()) {
      command = command.subcommand();
      faults.addAll(faults(command));
    }
    CommandLine line = command.commandSpec().commandLine();
    if (command.isUsageHelpRequested()) {
      line.usage(out);
      return OK;
    }
    if (command.isVersionHelpRequested()) {
      line.printVersionHelp(out);
      return OK;
    }
    if (!(command.commandSpec().userObject() instanceof Task task)) {
      faults.forEach(this::complain);
      line.usage(err);
      return MENDABLE;
    }
    return run(task, command, faults);
  }

  private int run(Task task, ParseResult command, List<String> faults) {
    SettingsReader reader =
        new SettingsReader(
            Stream.concat(Options.OF_DATA.stream(), Options.OF_SERVING.stream()).toList());
    Map<String, String> variables = new HashMap<>(environment);
    String usual = variables.remove(CONFIG_VARIABLE);
    Path named = command.matchedOptionValue(CONFIG, null);
    Path file = named == null && usual != null ? Path.of(usual) : named;
    Settings settings = reader.read(flags(command), variables, file);
    faults.addAll(reader.faults());
    if (settings == null || !faults.isEmpty()) {
      faults.forEach(this::complain);
      return MENDABLE;
    }
    try {
      return task.run(new Task.Invocation(settings, out, err));
    } catch (UserException
        | DatabaseException
        | ListenException
        | TlsException
        | SuccessionException mendable) {
      complain(String.valueOf(mendable.getMessage()));
      return MENDABLE;
    } catch (io.vertx.sqlclient.DatabaseException refused) {
      complain(
          "the database refused a statement (SQLSTATE %s); see that the role of --database owns its database"
              .formatted(refused.getSqlState()));
      return FAILED;
    }
  }

  private void complain(String fault) {
    err.println("sporlos: " + fault);
  }

  private static CommandLine commandLine() {
    CommandLine root = new CommandLine(new Program());
    root.getCommandSpec()
        .addOption(
            OptionSpec.builder("--version")
                .versionHelp(true)
                .description("print the version")
                .build())
        .version("sporlos " + Version.TEXT);
    prepare(root);
    return root;
  }

  private static void prepare(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    spec.parser().collectErrors(true);
    line.setUnmatchedArgumentsAllowed(true);
    spec.addOption(
        OptionSpec.builder("-h", "--help").usageHelp(true).description("print this help").build());
    if (spec.userObject() instanceof Task task) {
      spec.addOption(
          OptionSpec.builder(CONFIG)
              .type(Path.class)
              .paramLabel("FILE")
              .description("settings in YAML; a flag or variable overrides its key")
              .build());
      task.settings().forEach(setting -> addOption(spec, setting));
    }
    line.getSubcommands().values().forEach(Cli::prepare);
  }

  private static void addOption(CommandSpec spec, Setting<?> setting) {
    String fallback = setting.fallback();
    spec.addOption(
        OptionSpec.builder(setting.flag())
            .type(String.class)
            .paramLabel(setting.placeholder())
            .description(
                setting.description()
                    + (fallback == null || fallback.isEmpty() ? "" : " (" + fallback + ")"))
            .build());
  }

  private static List<String> faults(ParseResult parsed) {
    List<String> faults = new ArrayList<>();
    parsed.unmatched().forEach(text -> faults.add(unmatched(parsed, text)));
    parsed.errors().stream()
        .filter(error -> !(error instanceof CommandLine.UnmatchedArgumentException))
        .forEach(
            error -> faults.add(String.valueOf(error.getMessage()).replaceFirst("^Error: ", "")));
    return faults;
  }

  private static String unmatched(ParseResult parsed, String text) {
    String command = parsed.commandSpec().qualifiedName();
    return text.startsWith("-")
        ? text + " is no option of `" + command + "`; see `" + command + " --help`"
        : "'" + text + "' is one word too many; see `" + command + " --help`";
  }

  private static Map<String, String> flags(ParseResult command) {
    Map<String, String> flags = new HashMap<>();
    command
        .matchedOptions()
        .forEach(
            option -> {
              if (option.getValue() instanceof String text) {
                flags.put(option.longestName().substring(2), text);
              }
            });
    return flags;
  }
}
