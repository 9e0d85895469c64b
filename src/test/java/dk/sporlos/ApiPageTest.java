package dk.sporlos;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.account.Scope;
import dk.sporlos.account.Tokens;
import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.database.TestDatabase;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import dk.sporlos.testing.RunningApplication;
import dk.sporlos.testing.TestPool;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Asks what docs/api.md shows how to ask. */
class ApiPageTest {

  private static final Pattern BLOCK = Pattern.compile("```bash\n(.*?)```", Pattern.DOTALL);
  private static final Pattern COMMAND =
      Pattern.compile(
          "curl \"\\$SPORLOS([^\"]*)\" -H \"(?:Authorization: Bearer \\$TOKEN|Sporlos-Link: \\$SECRET)\"(?: -o \\S+)?"
              + "(?: -d '([^']*)')?");

  /** What one of the page's commands asks for. */
  private record Request(String path, String body) {}

  @Test
  void everyCommandOfThePageIsAnswered() throws Exception {
    DatabaseUrl url = TestDatabase.create();
    String token = tokenOfANewSite(url);
    try (RunningApplication application =
        RunningApplication.on(url, Clock.systemUTC(), new SecureRandom())) {
      for (Request shown : requests()) {
        HttpRequest.Builder request =
            application.request(shown.path).header("Authorization", "Bearer " + token);
        if (shown.body != null) {
          request.POST(BodyPublishers.ofString(shown.body));
        }
        HttpResponse<String> answer = application.send(request);
        assertThat(answer.statusCode()).as(shown + " " + answer.body()).isEqualTo(200);
      }
    }
  }

  private static String tokenOfANewSite(DatabaseUrl url) {
    try (TestPool database = TestPool.of(url)) {
      Site site =
          new SiteStore(database.pool()).add("example.com", ZoneId.of("UTC"), false).await();
      return new Tokens(database.pool(), Clock.systemUTC(), new SecureRandom())
          .create(Tokens.Terms.of(site.id(), Set.of(Scope.STATS)))
          .await();
    }
  }

  private static List<Request> requests() throws Exception {
    List<Request> requests = new ArrayList<>();
    Matcher block = BLOCK.matcher(Files.readString(Path.of("docs/api.md")));
    int commands = 0;
    while (block.find()) {
      commands += block.group(1).split("curl ", -1).length - 1;
      Matcher command = COMMAND.matcher(block.group(1));
      while (command.find()) {
        requests.add(
            new Request(command.group(1).replace("$SITE", "example.com"), command.group(2)));
      }
    }
    assertThat(requests).as("commands that were understood").hasSize(commands).hasSize(11);
    return requests;
  }
}
