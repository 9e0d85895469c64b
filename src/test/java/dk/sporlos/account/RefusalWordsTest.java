package dk.sporlos.account;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.page.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalWordsTest {
  private static final Path SOURCE = Path.of("src/main/java/dk/sporlos");

  private static final Pattern THROWN =
      Pattern.compile(
          "new (?:Refused|UnfitDefinition|IllegalArgument)Exception\\(((?:[^;\"]|\"(?:[^\"\\\\]|\\\\.)*\")*)\\)\\s*[;)]");

  private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

  /** Of the command line and of sign-in by a provider: nobody sees these in the dashboard. */
  private static final Set<String> ELSEWHERE =
      Set.of("Grant.java", "GroupRoles.java", "SignInSettings.java", "AuditRoutes.java");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          name: another goal is called 'Site'; choose another name | name: et andet mål hedder 'Site'; vælg et andet navn
          Parameter `limit` is invalid: write a number from 1 to 1000 | Parameteren `limit` er ugyldig: skriv et tal fra 1 til 1000
          hosts: 'x y' is no host; write hosts as in shop.example.org,*.example.net | hosts: 'x y' er ingen vært; skriv værter som shop.example.org,*.example.net
          Site could not be found | Websitet blev ikke fundet
          something that nobody has thought of | something that nobody has thought of
          """)
  void isSaidInDanish(String english, String danish) {
    assertThat(RefusalWords.in(Language.DA, english)).isEqualTo(danish);
    assertThat(RefusalWords.in(Language.EN, english)).isEqualTo(english);
  }

  @Test
  void whatIsTooLongToBeLookedThroughStaysAsItIs() {
    String english = "'%s' is no domain; write the site's host alone, as in example.com";
    String ofMany = english.formatted("x'".repeat(30_000));

    assertThat(RefusalWords.in(Language.DA, ofMany)).isEqualTo(ofMany);
    assertThat(RefusalWords.in(Language.DA, english.formatted("x'".repeat(300))))
        .startsWith("'x'")
        .contains("er intet domæne");
  }

  @Test
  void everythingThatPeopleAreToldHasItsDanish() throws IOException {
    List<String> missing = new ArrayList<>();
    int known = 0;
    for (Path file : sources()) {
      Matcher thrown = THROWN.matcher(Files.readString(file));
      while (thrown.find()) {
        // Either of two sentences may be what is said.
        for (String one : thrown.group(1).split("\\s[?:]\\s", -1)) {
          String english = sample(one);
          if (english.isEmpty()) {
            continue;
          }
          if (RefusalWords.in(Language.DA, english).equals(english)) {
            missing.add(file.getFileName() + ": " + english);
          } else {
            known++;
          }
        }
      }
    }

    assertThat(missing).isEmpty();
    assertThat(known).isGreaterThan(60);
  }

  private static List<Path> sources() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String packageName : List.of("account", "goal", "site")) {
      try (Stream<Path> found = Files.list(SOURCE.resolve(packageName))) {
        found
            .filter(file -> file.toString().endsWith(".java"))
            .filter(file -> !ELSEWHERE.contains(file.getFileName().toString()))
            .forEach(files::add);
      }
    }
    return files;
  }

  /** What is thrown, with something in each gap; empty if it is the words of another exception. */
  private static String sample(String expression) {
    String argument = expression.replaceFirst("^\\s*\\d+,\\s*", "");
    StringBuilder said = new StringBuilder();
    int from = 0;
    Matcher text = TEXT.matcher(argument);
    while (text.find()) {
      String between = argument.substring(from, text.start());
      if (from > 0 && (between.contains(".formatted") || between.contains(","))) {
        break;
      }
      if (between.contains("+") && between.replaceAll("[\\s+]", "").length() > 0) {
        said.append("x");
      }
      said.append(
          text.group(1).replace("\\\"", "\"").replace("%s", "word").replaceAll("%,?d", "7"));
      from = text.end();
    }
    String rest = argument.substring(from);
    if (from > 0 && rest.matches("(?s)\\s*\\+.*")) {
      said.append("x");
    }
    return rest.contains("getMessage()") && !rest.contains(".formatted") ? "" : said.toString();
  }
}
