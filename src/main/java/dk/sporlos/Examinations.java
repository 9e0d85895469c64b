package dk.sporlos;

import dk.sporlos.database.Database;
import dk.sporlos.door.LargestSender;
import dk.sporlos.door.Places;
import dk.sporlos.fold.Nodes;
import dk.sporlos.metrics.Doctor.Finding;
import io.vertx.core.Future;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the doctor looks for. */
final class Examinations {
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
  static Future<@Nullable Finding> database(Database database) {
    Finding away =
        new Finding(
            "database-away",
            "The database does not answer.",
            "See that PostgreSQL runs and that its disk is not full; its log says more.");
    return database
        .ping()
        .transform(ping -> Future.succeededFuture(ping.succeeded() ? null : away));
  }

  /** Whether hits of a node that is not heard any more may be missing. */
  static @Nullable Finding silentNodes(List<Nodes.Node> silent) {
    if (silent.isEmpty()) {
      return null;
    }
    String names =
        silent.stream()
            .map(
                node ->
                    "%s (started %s, last heard %s)"
                        .formatted(node.name(), node.startedAt(), node.seenAt()))
            .collect(Collectors.joining(", "));
    return new Finding(
        "silent-node",
        "Visits are folded without the hits that these nodes may still have in their spools: "
            + names
            + ".",
        "Start them again on the same spools, and the hits are counted; those that are gone for"
            + " good are forgotten after seven days.");
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
