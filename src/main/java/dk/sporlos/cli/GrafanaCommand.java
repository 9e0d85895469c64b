package dk.sporlos.cli;

import dk.sporlos.database.GrafanaRole;
import dk.sporlos.database.ScramVerifier;
import dk.sporlos.site.SiteId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sporlos database grafana}. */
@Command(
    name = "grafana",
    description = {
      "Make a role of the database by which Grafana reads figures: those of finished days, in the"
          + " views of schema grafana, and nothing else.",
      "Said again it changes the role's password and sites."
    })
final class GrafanaCommand implements Task {
  @Option(
      names = "--role",
      paramLabel = "NAME",
      defaultValue = "grafana",
      description = "name of the role (${DEFAULT-VALUE})")
  private String role = "";

  @Option(
      names = "--password-file",
      required = true,
      paramLabel = "FILE",
      description = "file whose first line is the role's password")
  private Path passwordFile = Path.of("");

  @Option(
      names = "--site",
      paramLabel = "DOMAIN",
      description =
          "a site that it reads; may be said again for further ones; every site if unsaid")
  private List<String> domains = new ArrayList<>();

  @Override
  public int run(Invocation invocation) {
    if (!role.matches("[a-z_][a-z0-9_]{0,62}") || role.startsWith("pg_")) {
      throw new UserException(
          "--role: '%s' is no name for a role; write lower case letters, digits and _"
              .formatted(role));
    }
    String verifier = Arguments.checked(() -> ScramVerifier.of(password(), new SecureRandom()));
    try (DataAccess access = DataAccess.open(invocation.settings())) {
      return make(invocation, access, verifier);
    }
  }

  private int make(Invocation invocation, DataAccess access, String verifier) {
    List<Integer> sites =
        domains.isEmpty()
            ? List.of(GrafanaRole.EVERY_SITE)
            : domains.stream().map(domain -> access.site(domain).id().value()).distinct().toList();
    GrafanaRole roles = new GrafanaRole(access.pool());
    GrafanaRole.Outcome outcome = access.await(roles.make(role, verifier, sites));
    switch (outcome) {
      case OF_ANOTHER_KIND ->
          throw new UserException(
              "role %s may do more than read figures, or is a member of another; choose another"
                      .formatted(role)
                  + " name with --role");
      case MAY_NOT_MAKE -> {
        invocation.out().println(access.await(roles.sqlToMake(role, verifier)));
        throw new UserException(
            "%s may not make roles: have a superuser run what is printed above, and say this again"
                .formatted(access.url().user()));
      }
      case PASSWORD_LEFT ->
          invocation
              .err()
              .printf("Role %s keeps the password that it has: another role made it.%n", role);
      case READY -> {}
    }
    access.audit(SiteId.INSTALLATION, "change", "grafana role");
    invocation
        .out()
        .printf(
            "Role %s of database %s reads %s.%n",
            role,
            access.url().database(),
            domains.isEmpty() ? "every site" : String.join(", ", domains));
    return Cli.OK;
  }

  private String password() {
    try {
      return Files.readAllLines(passwordFile).stream().findFirst().orElse("");
    } catch (IOException unreadable) {
      throw new UserException("--password-file: " + passwordFile + " cannot be read");
    }
  }
}
