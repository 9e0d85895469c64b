package dk.sporlos.account;

import dk.sporlos.door.SignInDoor;
import dk.sporlos.http.BodyBudget;
import dk.sporlos.mail.MailSettings;
import dk.sporlos.mail.Mailer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.sqlclient.Pool;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** All pages on which people sign in and look after their account, over one database. */
public final class AccountPages {
  private final Accounts accounts;
  private final Sessions sessions;
  private final Links links;
  private final SignInRoutes signIn;
  private final boolean passwords;
  private final LinkRoutes link;
  private final SetUpRoutes setUp;
  private final ProviderRoutes provider;
  private final PasskeyRoutes passkey;
  private final ForgottenRoutes forgotten;
  private final AccountRoutes account;

  public AccountPages(
      Vertx vertx,
      Pool pool,
      SignInSettings settings,
      Sessions sessions,
      SignInDoor door,
      BodyBudget bodies,
      Clock clock,
      SecureRandom random) {
    this.accounts = new Accounts(pool, clock);
    this.sessions = sessions;
    this.links = new Links(pool, clock, random);
    Passwords passwords = new Passwords(vertx, random);
    SecondStep secondStep = new SecondStep(pool, clock, random);
    SignIn signing = new SignIn(accounts, passwords, sessions, secondStep, clock);
    Gatekeeper gate = new Gatekeeper(sessions, door, bodies);
    SignInPage page = new SignInPage(settings);
    PasskeyStore passkeys = new PasskeyStore(pool, clock);
    AccountView view =
        new AccountView(gate, settings, signing, accounts, sessions, secondStep, passkeys);
    URI here = settings.publicUrl();
    this.passkey =
        new PasskeyRoutes(
            gate,
            page,
            view,
            signing,
            sessions,
            here == null || !page.offersPasskeys()
                ? null
                : new Passkeys(vertx, passkeys, new Challenges(clock, random), here));
    this.signIn = new SignInRoutes(gate, page, signing, sessions);
    this.setUp = new SetUpRoutes(gate, page.offersPasskeys(), signing, sessions, secondStep);
    ProviderSettings byProvider = settings.provider();
    this.provider =
        new ProviderRoutes(
            gate,
            byProvider == null
                ? null
                : new Provider(
                    vertx, byProvider, settings.publicUrl() + ProviderRoutes.CALLBACK, clock),
            new ProviderAccounts(pool, accounts, clock),
            sessions,
            random);
    MailSettings mail = settings.mail();
    this.forgotten =
        new ForgottenRoutes(
            gate,
            settings,
            accounts,
            links,
            mail == null || here == null ? null : new Mails(new Mailer(vertx, mail), here),
            clock);
    this.passwords = settings.passwords();
    this.link =
        new LinkRoutes(
            gate, settings, links, new Openings(pool, accounts, links), passwords, accounts);
    this.account =
        new AccountRoutes(gate, view, signing, accounts, passwords, sessions, secondStep);
  }

  /** Adds the routes to a router. */
  public void mount(Router router) {
    signIn.mount(router);
    setUp.mount(router);
    provider.mount(router);
    passkey.mount(router);
    forgotten.mount(router);
    link.mount(router);
    account.mount(router);
  }

  /**
   * The path of a link to the first account, where there is none yet; null where there is one, and
   * where nobody may have a password. One that was given before no longer holds.
   */
  public Future<@Nullable String> linkToSetUp() {
    return accounts
        .any()
        .compose(
            any ->
                any || !passwords ? Future.<@Nullable String>succeededFuture() : links.toSetUp());
  }

  /** Deletes sessions and links that have ended by time. */
  public Future<Void> expire() {
    return sessions.expire().compose(gone -> links.expire());
  }
}
