package dk.sporlos;

import dk.sporlos.door.LargestSender;
import dk.sporlos.door.Places;
import dk.sporlos.metrics.Doctor.Finding;
import org.jspecify.annotations.Nullable;

/** What the doctor looks for beside the database. */
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

  private static Finding finding(LargestSender sender, String headers, String remedy) {
    return new Finding(
        "one-address",
        "One address makes %d %% of the beacons. %s"
            .formatted(Math.round(sender.share() * 100), headers),
        remedy);
  }
}
