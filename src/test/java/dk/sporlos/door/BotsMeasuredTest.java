package dk.sporlos.door;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.door.KnownAgents.Told;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * How many programs are known by their agent strings, and how many people are taken for programs.
 * {@code docs/decisions/0009-bots.md} says which list may be measured on which.
 */
class BotsMeasuredTest {
  private static final List<String> CRAWLERS = ShippedList.read("crawlers.txt");
  private static final List<String> PROGRAMS = ShippedList.read("programs.txt");

  private static Set<String> crawlers;
  private static Set<String> people;
  private static Set<String> robots;
  private static Set<String> browsers;

  @BeforeAll
  static void read() {
    crawlers = KnownAgents.crawlers();
    people = KnownAgents.people();
    List<Told> told = KnownAgents.ofYauaa();
    robots =
        told.stream()
            .filter(one -> one.device().startsWith("Robot"))
            .map(Told::agent)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    browsers =
        told.stream()
            .filter(one -> one.kind().startsWith("Browser"))
            .filter(one -> !one.file().matches("UserAgents/(Broken|Hackers).*"))
            .filter(one -> one.device().matches("Desktop|Phone|Tablet|Mobile"))
            .map(Told::agent)
            .filter(BotsMeasuredTest::isAbleToRunTheTracker)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    // What is in the list that is shipped proves nothing.
    robots.removeAll(crawlers);
    browsers.removeAll(crawlers);
  }

  @Test
  void nearlyAllProgramsAreKnownOnAListThatTheDetectorDoesNotDeriveFrom() {
    assertThat(robots).hasSizeGreaterThan(450);

    assertThat(share(Bots.agents(CRAWLERS, PROGRAMS), robots)).isGreaterThanOrEqualTo(0.98);
  }

  @Test
  void nearlyNobodyIsTakenForAProgram() {
    assertThat(people).hasSizeGreaterThan(900);

    assertThat(share(Bots.agents(CRAWLERS, PROGRAMS), people)).isLessThanOrEqualTo(0.001);
  }

  @Test
  void printsWhatEachPartOfTheDetectorFinds() {
    Map<String, ProgramAgents> detectors = new LinkedHashMap<>();
    detectors.put("form of the agent alone", Bots.agents(List.of(), List.of()));
    detectors.put("crawler-user-agents and form", Bots.agents(CRAWLERS, List.of()));
    detectors.put("isbot and form", Bots.agents(List.of(), PROGRAMS));
    detectors.put("all, as shipped", Bots.agents(CRAWLERS, PROGRAMS));
    Map<String, Set<String>> lists = new LinkedHashMap<>();
    lists.put("Yauaa's robots", robots);
    lists.put("crawlers' examples", crawlers);
    lists.put("user-agents", people);
    lists.put("Yauaa's browsers", browsers);

    PrintStream out = System.out;
    out.printf("%-30s", "found, of distinct strings");
    lists.forEach((name, list) -> out.printf("%30s", name + " (" + list.size() + ")"));
    out.println();
    detectors.forEach(
        (name, detector) -> {
          out.printf("%-30s", name);
          lists.values().forEach(list -> out.printf("%28.2f %%", 100 * share(detector, list)));
          out.println();
        });
    ProgramAgents shipped = Bots.agents(CRAWLERS, PROGRAMS);
    robots.stream()
        .filter(agent -> shipped.finding(agent) == null)
        .forEach(a -> print("missed", a));
    people.stream()
        .filter(agent -> shipped.finding(agent) != null)
        .forEach(a -> print("wrong: " + shipped.finding(a), a));
    browsers.stream()
        .filter(agent -> shipped.finding(agent) != null)
        .forEach(a -> print("to examine: " + shipped.finding(a), a));
    out.printf(Locale.ROOT, "%.1f µs for an agent string that is new%n", microseconds());

    assertThat(share(shipped, crawlers)).as("but for those not taken").isGreaterThan(0.99);
  }

  /** Whether an agent says that it is of a browser that knows ES2019. */
  private static boolean isAbleToRunTheTracker(String agent) {
    return version("(?:Chrome|CriOS)/", agent) >= 66
        || version("(?:Firefox|FxiOS)/", agent) >= 62
        || version(" OS (?=[0-9]+_)", agent) >= 12
        || (!agent.contains("Android") && version("Version/", agent) >= 12);
  }

  private static int version(String before, String agent) {
    Matcher matcher = Pattern.compile(before + "([0-9]{1,4})").matcher(agent);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  private static double share(ProgramAgents detector, Set<String> agents) {
    return (double) agents.stream().filter(agent -> detector.finding(agent) != null).count()
        / agents.size();
  }

  private static void print(String what, String agent) {
    System.out.println(what + ": " + agent);
  }

  /** Time for a string that is not remembered, once the machine is warm. */
  private static double microseconds() {
    double best = Double.MAX_VALUE;
    for (int round = 0; round < 10; round++) {
      ProgramAgents fresh = Bots.agents(CRAWLERS, PROGRAMS);
      long begin = System.nanoTime();
      people.forEach(fresh::finding);
      best = Math.min(best, (System.nanoTime() - begin) / 1e3 / people.size());
    }
    return best;
  }
}
