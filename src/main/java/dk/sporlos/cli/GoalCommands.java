package dk.sporlos.cli;

import dk.sporlos.goal.Condition;
import dk.sporlos.goal.Goal;
import dk.sporlos.goal.Goals;
import dk.sporlos.goal.PagePattern;
import dk.sporlos.goal.Worth;
import dk.sporlos.site.Site;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sporlos goal}. */
@Command(
    name = "goal",
    description = "Say what visitors of a site are to do, so that reports count it.",
    subcommands = {GoalCommands.Add.class, GoalCommands.ListAll.class, GoalCommands.Remove.class})
final class GoalCommands {

  /** What reaches a goal. */
  static final class Reached {
    @Option(
        names = "--page",
        paramLabel = "PATH",
        description =
            "a view of a page, as in /thanks; * is any text without a slash, ** any text at all")
    @Nullable String page;

    @Option(names = "--event", paramLabel = "NAME", description = "a custom event, as in Signup")
    @Nullable String event;
  }

  /** {@code sporlos goal add}. */
  @Command(name = "add", description = "Add a goal; finished days are counted again for it.")
  static final class Add extends SiteTask {
    @ArgGroup(multiplicity = "1")
    private Reached reached = new Reached();

    @Option(
        names = "--scroll",
        paramLabel = "PERCENT",
        description = "how far the page has to be scrolled")
    private @Nullable Integer scroll;

    @Option(names = "--name", paramLabel = "TEXT", description = "what reports call it")
    private @Nullable String name;

    @Option(
        names = "--property",
        paramLabel = "NAME=VALUE",
        description = "a property that the view or event must have; may be given three times")
    private Map<String, String> properties = new TreeMap<>();

    @Option(
        names = "--currency",
        paramLabel = "CODE",
        description = "in what its revenue is counted, as in DKK")
    private @Nullable String currency;

    @Option(
        names = "--value",
        paramLabel = "AMOUNT",
        description = "what each is worth, if the website does not say it")
    private @Nullable BigDecimal value;

    @Override
    int run(Invocation invocation, DataAccess access, Site site) {
      Goal.Definition definition = Arguments.checked(this::definition);
      Goal goal = await(access, new Goals(access.pool()).add(site.id(), definition));
      invocation.out().println(goal.id());
      return Cli.OK;
    }

    private Goal.Definition definition() {
      String money = currency;
      if (money == null && value != null) {
        throw new UserException("--value: say with --currency what it is an amount of");
      }
      return new Goal.Definition(
          name, condition(), properties, money == null ? null : new Worth(money, value));
    }

    private Condition condition() {
      String event = reached.event;
      if (event != null) {
        if (scroll != null) {
          throw new UserException("--scroll: only a page is scrolled; name one with --page");
        }
        return new Condition.EventSent(event);
      }
      PagePattern page = new PagePattern(String.valueOf(reached.page));
      Integer percent = scroll;
      return percent == null
          ? new Condition.PageViewed(page)
          : new Condition.PageScrolled(page, percent);
    }
  }

  /** {@code sporlos goal list}. */
  @Command(name = "list", description = "List the goals of a site by their numbers.")
  static final class ListAll extends SiteTask {
    @Override
    int run(Invocation invocation, DataAccess access, Site site) {
      for (Goal goal : access.await(new Goals(access.pool()).all(site.id()))) {
        invocation
            .out()
            .println(
                String.join(
                    "\t",
                    String.valueOf(goal.id()),
                    goal.name(),
                    words(goal.condition()),
                    properties(goal),
                    worth(goal.worth())));
      }
      return Cli.OK;
    }

    private static String words(Condition condition) {
      if (condition instanceof Condition.PageViewed viewed) {
        return "page " + viewed.page();
      }
      if (condition instanceof Condition.PageScrolled scrolled) {
        return "page " + scrolled.page() + ", " + scrolled.percent() + " %";
      }
      return "event " + ((Condition.EventSent) condition).event();
    }

    private static String properties(Goal goal) {
      return goal.properties().entrySet().stream()
          .map(property -> property.getKey() + "=" + property.getValue())
          .collect(Collectors.joining(" "));
    }

    private static String worth(@Nullable Worth worth) {
      if (worth == null) {
        return "";
      }
      BigDecimal each = worth.each();
      return each == null ? worth.currency() : each.toPlainString() + " " + worth.currency();
    }
  }

  /** {@code sporlos goal remove}. */
  @Command(name = "remove", description = "Remove a goal; what was counted for it goes.")
  static final class Remove extends SiteTask {
    @Parameters(paramLabel = "NUMBER", description = "the goal, as `sporlos goal list` prints it")
    private long id;

    @Override
    int run(Invocation invocation, DataAccess access, Site site) {
      return removed(
          await(access, new Goals(access.pool()).remove(site.id(), id)), "goal " + id, "goal list");
    }
  }
}
