package dk.sporlos;

import dk.sporlos.database.Database;
import dk.sporlos.door.LargestSender;
import dk.sporlos.door.Places;
import dk.sporlos.door.ProxyUse;
import dk.sporlos.door.Recognition;
import dk.sporlos.fold.Interruptions;
import dk.sporlos.fold.Nodes;
import dk.sporlos.metrics.Doctor.Finding;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the doctor looks for. */
final class Examinations {
  /** The examination without which none of what is in the database is of use. */
  static final String DATABASE = "database";

  /** How long a question to the database may take. */
  static final Duration SHORT = Duration.ofSeconds(3);

  private static final Duration LONG_WAIT = Duration.ofMinutes(15);

  private Examinations() {}

  /** Whether all visitors look like one, since a proxy was not configured. */
  static @Nullable Finding proxies(LargestSender sender) {
    return switch (sender.finding()) {
      case NOTHING -> null;
      case UNTRUSTED_PROXY ->
          finding(
              sender,
              "It brings forwarded-for headers, which are not believed.",
              "If it is a proxy of yours, name its network with --trusted-proxies.");
      case SILENT_PROXY ->
          finding(
              sender,
              "It brings no forwarded-for headers.",
              "If it is a proxy of yours, let it set X-Forwarded-For or speak the PROXY protocol to"
                  + " --listen-proxy, and name its network with --trusted-proxies.");
    };
  }

  /** Whether the operator's database of places is in use. */
  static @Nullable Finding places(Places places) {
    String problem = places.problem();
    return problem == null
        ? null
        : new Finding(
            "places-unreadable",
            problem + ". The database of " + places.built() + " is in use.",
            "Put a whole MMDB file of countries or cities there; it is read within a minute.");
  }

  /** Whether the database answers. */
  static Future<List<Finding>> database(Database database) {
    Finding away =
        new Finding(
            "database-away",
            "The database does not answer.",
            "See that PostgreSQL runs and that its disk is not full; its log says more.");
    return database
        .ping()
        .transform(ping -> Future.succeededFuture(ping.succeeded() ? List.of() : List.of(away)));
  }

  /** Whether proxies say for whom they ask, and are believed. */
  static @Nullable Finding forwarding(ProxyUse use, boolean byProtocol) {
    return switch (use.finding()) {
      case NOTHING -> null;
      case UNBELIEVED ->
          new Finding(
              "forwarding-unbelieved",
              "Most beacons bring forwarded-for headers, and come from where none are believed.",
              "If they come by proxies of yours, name their networks with --trusted-proxies.");
      case SILENT ->
          new Finding(
              "forwarding-missing",
              "Most beacons come from networks in --trusted-proxies and do not say for whom: all of"
                  + " them seem to be of one visitor.",
              "Let the proxies set X-Forwarded-For, or take networks out that are not of proxies.");
      case UNUSED ->
          byProtocol
              ? null
              : Finding.note(
                  "proxies-unused",
                  "--trusted-proxies names networks, and no beacon came from one.",
                  "Take out what is not in use: whoever gets such an address is believed.");
    };
  }

  /** Whether a key lives longer than its day, and whether memory was lost today. */
  static Future<List<Finding>> keys(Recognition recognition, Interruptions interruptions) {
    return interruptions
        .today()
        .map(
            sites ->
                Stream.of(keyAge(recognition.oldestKey()), memoryLost(sites))
                    .filter(Objects::nonNull)
                    .toList());
  }

  static @Nullable Finding keyAge(Duration oldest) {
    return oldest.compareTo(Recognition.LONGEST_KEY) <= 0
        ? null
        : new Finding(
            "key-age",
            "The oldest day key is of a day that began %d hours ago.".formatted(oldest.toHours()),
            "See that the machine's clock is right, and report this.");
  }

  private static @Nullable Finding memoryLost(long sites) {
    return sites == 0
        ? null
        : Finding.note(
            "memory-lost",
            "A process lost its memory today: on %d sites visitors of today may count twice."
                .formatted(sites),
            "Stop processes by SIGTERM and give them time, so that they hand over; answers about"
                + " today say it by themselves.");
  }

  /** Whether hits wait in the spool although the database answers. */
  static @Nullable Finding spool(Duration age) {
    return age.compareTo(LONG_WAIT) < 0
        ? null
        : new Finding(
            "spool-waits",
            "Hits have waited in the spool for %d minutes, and the database answers."
                .formatted(age.toMinutes()),
            "See what the log says of batches that cannot be stored or read.");
  }

  /** Whether hits of a node that is not heard any more may be missing. */
  static List<Finding> silentNodes(List<Nodes.Node> silent) {
    if (silent.isEmpty()) {
      return List.of();
    }
    String names =
        silent.stream()
            .map(
                node ->
                    "%s (started %s, last heard %s)"
                        .formatted(node.name(), node.startedAt(), node.seenAt()))
            .collect(Collectors.joining(", "));
    return List.of(
        new Finding(
            "silent-node",
            "Visits are folded without the hits that these nodes may still have in their spools: "
                + names
                + ".",
            "Start them again on the same spools, and the hits are counted; those that are gone for"
                + " good are forgotten after seven days."));
  }

  /** Whether files of the spool had to be put aside. */
  static @Nullable Finding damagedSpool(int files) {
    return files == 0
        ? null
        : new Finding(
            "damaged-spool",
            "The spool has %d damaged files, whose readable batches were stored.".formatted(files),
            "Look after the disk; remove the files *.damaged from the spool when they are of no use"
                + " any more.");
  }

  private static Finding finding(LargestSender sender, String headers, String remedy) {
    return new Finding(
        "one-address",
        "One address makes %d %% of the beacons. %s"
            .formatted(Math.round(sender.share() * 100), headers),
        remedy);
  }
}
