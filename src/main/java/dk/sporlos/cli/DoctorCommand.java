package dk.sporlos.cli;

import dk.sporlos.metrics.Diagnosis;
import dk.sporlos.metrics.Doctor.Finding;
import dk.sporlos.settings.Endpoint;
import dk.sporlos.settings.Setting;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sporlos doctor}. */
@Command(
    name = "doctor",
    description =
        "Examine the running process. Exit code 0: nothing is wrong; 1: something is; 2: this line"
            + " cannot be read; 3: no Sporløs answers.",
    subcommands = {DoctorPrivacyCommand.class, DoctorSiteCommand.class})
final class DoctorCommand implements Task {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Set<String> ANY_ADDRESS = Set.of("0.0.0.0", "::");

  @Option(names = "--json", description = "print what was examined and found as JSON")
  private boolean json;

  @Override
  public List<Setting<?>> settings() {
    return List.of(Options.MANAGEMENT);
  }

  @Override
  public int run(Invocation invocation) {
    Endpoint management = invocation.settings().get(Options.MANAGEMENT);
    Diagnosis diagnosis = ask(management);
    if (diagnosis != null) {
      return FindingLines.print(invocation, diagnosis, json);
    }
    FindingLines.print(invocation, unanswered(management), json);
    return Cli.UNANSWERED;
  }

  private static @Nullable Diagnosis ask(Endpoint management) {
    String answer = read(management, "/doctor");
    try {
      return answer == null ? null : Diagnosis.of(new JsonObject(answer));
    } catch (DecodeException | ClassCastException | IllegalArgumentException somebodyElse) {
      return null;
    }
  }

  private static Diagnosis unanswered(Endpoint management) {
    return Diagnosis.unknown(
        new Finding(
            "no-answer",
            "No Sporløs answers at " + management + ".",
            "Start one with `sporlos serve`, or name its --management HOST:PORT here."));
  }

  /** What a path of the management port answers; null if nobody does, or not as asked for. */
  static @Nullable String read(Endpoint management, String path) {
    Endpoint reachable =
        ANY_ADDRESS.contains(management.host())
            ? new Endpoint("localhost", management.port())
            : management;
    URI address = URI.create("http://" + reachable + path);
    try {
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(address).timeout(PATIENCE).build(),
                  BodyHandlers.ofString());
      return answer.statusCode() == 200 ? answer.body() : null;
    } catch (IOException nobody) {
      return null;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
