package dk.sporlos.cli;

import dk.sporlos.account.Account;
import dk.sporlos.account.Accounts;
import dk.sporlos.account.Email;
import dk.sporlos.account.Grant;
import dk.sporlos.account.Links;
import dk.sporlos.account.Mails;
import dk.sporlos.account.Members;
import dk.sporlos.account.Role;
import dk.sporlos.account.SecondStep;
import dk.sporlos.mail.MailSettings;
import dk.sporlos.mail.Mailer;
import dk.sporlos.settings.Setting;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteId;
import java.io.PrintStream;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sporlos user}. */
@Command(
    name = "user",
    description = "Say who may sign in, and to what.",
    subcommands = {
      UserCommands.Add.class,
      UserCommands.ListAll.class,
      UserCommands.GiveRole.class,
      UserCommands.Reset.class,
      UserCommands.Remove.class
    })
final class UserCommands {
  private static final List<Setting<?>> SETTINGS =
      Stream.concat(Options.OF_DATA.stream(), Stream.of(Options.PUBLIC_URL)).toList();

  private static final List<Setting<?>> SETTINGS_OF_MAIL =
      Stream.concat(SETTINGS.stream(), Stream.of(SignInOptions.SMTP_URL, SignInOptions.MAIL_FROM))
          .toList();

  private UserCommands() {}

  private static Links links(DataAccess access) {
    return new Links(access.pool(), Clock.systemUTC(), new SecureRandom());
  }

  private static Accounts accounts(DataAccess access) {
    return new Accounts(access.pool(), Clock.systemUTC());
  }

  private static Account account(DataAccess access, String email) {
    Email parsed = Arguments.checked(() -> Email.parse(email));
    Account account = access.await(accounts(access).byEmail(parsed));
    if (account == null) {
      throw new UserException(parsed.text() + " has no account; see `sporlos user list`");
    }
    return account;
  }

  private static Role role(String label) {
    Role role = Role.find(label);
    if (role == null) {
      throw new UserException("--role: '" + label + "' is no role; write viewer, editor or owner");
    }
    return role;
  }

  private static void print(Task.Invocation invocation, String link) {
    URI known = invocation.settings().find(Options.PUBLIC_URL);
    PrintStream out = invocation.out();
    out.println((known == null ? "https://HOST" : known.toString()) + link);
    if (known == null) {
      invocation
          .err()
          .println("HOST is the address of this server; --public-url makes the link whole.");
    }
  }

  /** {@code sporlos user add}. */
  @Command(
      name = "add",
      description =
          "Invite somebody: prints a link, good once and for seven days; with --smtp-url sends it, too.")
  static final class Add implements Task {
    @Parameters(paramLabel = "EMAIL", description = "by which they sign in")
    private String email = "";

    @Option(names = "--admin", description = "they may do everything, on every site")
    private boolean admin;

    @Option(names = "--site", paramLabel = "DOMAIN", description = "the site they get a role on")
    private @Nullable String site;

    @Option(
        names = "--role",
        paramLabel = "ROLE",
        description = "viewer (${DEFAULT-VALUE}), editor or owner",
        defaultValue = "viewer")
    private String role = "";

    @Override
    public List<Setting<?>> settings() {
      return SETTINGS_OF_MAIL;
    }

    @Override
    public int run(Invocation invocation) {
      Email parsed = Arguments.checked(() -> Email.parse(email));
      String domain = site;
      if (admin == (domain != null)) {
        throw new UserException("say either --admin, or --site with --role");
      }
      try (DataAccess access = DataAccess.open(invocation.settings())) {
        if (access.await(accounts(access).byEmail(parsed)) != null) {
          throw new UserException(
              parsed.text() + " has an account already; give it a role: sporlos user role");
        }
        Grant grant = domain == null ? null : Grant.on(access.site(domain).id(), role(role));
        String link = access.await(links(access).toJoin(new Links.Invitation(parsed, grant)));
        access.audit(
            grant == null ? SiteId.INSTALLATION : new SiteId(grant.site()), "invite", "account");
        print(invocation, link);
        send(invocation, access, parsed, link);
      }
      return Cli.OK;
    }

    /** Sends the invitation as well, where there is a server to hand it to. */
    private static void send(Invocation invocation, DataAccess access, Email email, String link) {
      MailSettings mail = SignInOptions.mail(invocation.settings());
      URI here = invocation.settings().find(Options.PUBLIC_URL);
      if (mail == null || here == null) {
        return;
      }
      Mailer mailer = new Mailer(access.vertx(), mail);
      boolean sent =
          access.await(
              new Mails(mailer, here)
                  .invitation(email, link)
                  .transform(done -> mailer.close().otherwiseEmpty().map(done.succeeded())));
      invocation
          .err()
          .println(
              sent
                  ? "The link was sent to " + email.text() + "."
                  : "The mail server did not take it; hand over the link yourself.");
    }
  }

  /** {@code sporlos user list}. */
  @Command(name = "list", description = "Print the accounts.")
  static final class ListAll implements Task {
    @Override
    public int run(Invocation invocation) {
      try (DataAccess access = DataAccess.open(invocation.settings())) {
        for (Account account : access.await(accounts(access).all())) {
          invocation
              .out()
              .printf(
                  "%s  %s%s%s%n",
                  account.email().text(),
                  account.name(),
                  account.admin() ? "  admin" : "",
                  account.secondStep() ? "  asks for a code" : "");
        }
      }
      return Cli.OK;
    }
  }

  /** {@code sporlos user role}. */
  @Command(name = "role", description = "Give somebody a role on a site, or take it back.")
  static final class GiveRole implements Task {
    @Parameters(paramLabel = "EMAIL", description = "whose account")
    private String email = "";

    @Option(names = "--site", paramLabel = "DOMAIN", required = true, description = "on which site")
    private String site = "";

    @Option(
        names = "--role",
        paramLabel = "ROLE",
        required = true,
        description = "viewer, editor, owner, or none")
    private String role = "";

    @Override
    public int run(Invocation invocation) {
      try (DataAccess access = DataAccess.open(invocation.settings())) {
        Account account = account(access, email);
        Site on = access.site(site);
        Members members = new Members(access.pool());
        if (role.equals("none")) {
          access.await(members.revoke(account.id(), on.id()));
        } else {
          access.await(members.grant(account.id(), Grant.on(on.id(), role(role))));
        }
        access.audit(on.id(), "change", "member");
      }
      return Cli.OK;
    }
  }

  /** {@code sporlos user reset}. */
  @Command(
      name = "reset",
      description = "Print a link to a new password, good once and for an hour.")
  static final class Reset implements Task {
    @Parameters(paramLabel = "EMAIL", description = "whose password")
    private String email = "";

    @Option(
        names = "--device-lost",
        description = "also forget passkeys, and ask for no code until a device is set up")
    private boolean deviceLost;

    @Override
    public List<Setting<?>> settings() {
      return SETTINGS;
    }

    @Override
    public int run(Invocation invocation) {
      try (DataAccess access = DataAccess.open(invocation.settings())) {
        Account account = account(access, email);
        if (deviceLost) {
          access.await(
              new SecondStep(access.pool(), Clock.systemUTC(), new SecureRandom())
                  .forgetDevices(account.id()));
        }
        String link = access.await(links(access).toReset(account.id()));
        access.audit(SiteId.INSTALLATION, "reset", "password");
        print(invocation, link);
      }
      return Cli.OK;
    }
  }

  /** {@code sporlos user remove}. */
  @Command(name = "remove", description = "Delete an account.")
  static final class Remove implements Task {
    @Parameters(paramLabel = "EMAIL", description = "whose account")
    private String email = "";

    @Override
    public int run(Invocation invocation) {
      try (DataAccess access = DataAccess.open(invocation.settings())) {
        access.await(accounts(access).remove(account(access, email).id()));
        access.audit(SiteId.INSTALLATION, "remove", "account");
      }
      return Cli.OK;
    }
  }
}
