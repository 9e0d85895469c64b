package dk.sporlos.account;

import dk.sporlos.door.SignInDoor;
import dk.sporlos.http.BodyBudget;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.sqlclient.Pool;
import java.security.SecureRandom;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** All pages on which people sign in and look after their account, over one database. */
public final class AccountPages {
  private final Accounts accounts;
  private final Sessions sessions;
  private final Links links;
  private final SignInRoutes signIn;
  private final LinkRoutes link;
  private final AccountRoutes account;

  public AccountPages(
      Vertx vertx,
      Pool pool,
      Sessions.Life life,
      SignInDoor door,
      BodyBudget bodies,
      Clock clock,
      SecureRandom random) {
    this.accounts = new Accounts(pool, clock);
    this.sessions = new Sessions(pool, life, clock, random);
    this.links = new Links(pool, clock, random);
    Passwords passwords = new Passwords(vertx, random);
    SecondStep secondStep = new SecondStep(pool, clock, random);
    SignIn signing = new SignIn(accounts, passwords, sessions, secondStep, clock);
    Gatekeeper gate = new Gatekeeper(sessions, door, bodies);
    this.signIn = new SignInRoutes(gate, signing, sessions);
    this.link =
        new LinkRoutes(gate, links, new Openings(pool, accounts, links), passwords, accounts);
    this.account = new AccountRoutes(gate, signing, accounts, passwords, sessions, secondStep);
  }

  /** Adds the routes to a router. */
  public void mount(Router router) {
    signIn.mount(router);
    link.mount(router);
    account.mount(router);
  }

  /**
   * The path of a link to the first account, where there is none yet; null where there is one. One
   * that was given before no longer holds.
   */
  public Future<@Nullable String> linkToSetUp() {
    return accounts
        .any()
        .compose(any -> any ? Future.<@Nullable String>succeededFuture() : links.toSetUp());
  }

  /** Deletes sessions and links that have ended by time. */
  public Future<Void> expire() {
    return sessions.expire().compose(gone -> links.expire());
  }
}
