package dk.sporlos.cli;

import dk.sporlos.settings.Endpoint;
import dk.sporlos.settings.Setting;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
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

/** {@code sporlos doctor}. */
@Command(
    name = "doctor",
    description = "Examine the running process; exit code 1 if something is wrong.",
    subcommands = {DoctorPrivacyCommand.class, DoctorSiteCommand.class})
final class DoctorCommand implements Task {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Set<String> ANY_ADDRESS = Set.of("0.0.0.0", "::");

  @Override
  public List<Setting<?>> settings() {
    return List.of(Options.MANAGEMENT);
  }

  @Override
  public int run(Invocation invocation) {
    JsonArray findings = ask(invocation.settings().get(Options.MANAGEMENT));
    for (int i = 0; i < findings.size(); i++) {
      JsonObject finding = findings.getJsonObject(i);
      invocation
          .out()
          .printf(
              "%s: %s%n  %s%n",
              finding.getString("code"), finding.getString("detail"), finding.getString("remedy"));
    }
    if (findings.isEmpty()) {
      invocation.out().println("Nothing is wrong.");
    }
    return findings.isEmpty() ? Cli.OK : Cli.FAILED;
  }

  private static JsonArray ask(Endpoint management) {
    try {
      String answer = read(management, "/doctor");
      JsonArray findings = answer == null ? null : new JsonObject(answer).getJsonArray("findings");
      if (findings != null) {
        return findings;
      }
    } catch (DecodeException somebodyElse) {
      // said below, as if nobody had answered
    }
    return new JsonArray()
        .add(
            new JsonObject()
                .put("code", "no-answer")
                .put("detail", "No Sporløs answers at " + management + ".")
                .put(
                    "remedy",
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
