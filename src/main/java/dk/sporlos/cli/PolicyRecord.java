package dk.sporlos.cli;

import dk.sporlos.privacy.Policies;
import dk.sporlos.site.Accountability;
import java.time.Clock;

/** Writes down what a command has changed in the policy of a site, on the day on which it did. */
final class PolicyRecord {
  private PolicyRecord() {}

  /** A running server would find the change a minute later, one that starts tomorrow too late. */
  static void write(DataAccess access, String domain) {
    access.await(
        new Policies(access.pool(), Accountability.UNSAID, Clock.systemUTC())
            .recordCommand(access.site(domain)));
  }
}
