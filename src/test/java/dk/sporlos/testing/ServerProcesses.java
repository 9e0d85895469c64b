package dk.sporlos.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The processes of PostgreSQL that run on a data directory. */
public final class ServerProcesses {
  private ServerProcesses() {}

  /** The servers: one, if all is well. */
  public static List<ProcessHandle> postmasters(Path data) {
    return ProcessHandle.allProcesses()
        .filter(
            process ->
                process
                    .info()
                    .commandLine()
                    .filter(line -> line.contains(data.toString()) && line.contains("postgres -D"))
                    .isPresent())
        .toList();
  }

  /** Stops the servers and all that they have forked, without their knowing (SIGSTOP). */
  public static void pause(Path data) throws IOException, InterruptedException {
    signal(data, "STOP");
  }

  /** Lets paused servers go on (SIGCONT). */
  public static void resume(Path data) throws IOException, InterruptedException {
    signal(data, "CONT");
  }

  private static void signal(Path data, String signal) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
    postmasters(data).stream()
        .flatMap(server -> Stream.concat(Stream.of(server), server.descendants()))
        .forEach(process -> command.add(Long.toString(process.pid())));
    new ProcessBuilder(command).start().waitFor();
  }
}
