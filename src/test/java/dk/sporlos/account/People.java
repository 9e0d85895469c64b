package dk.sporlos.account;

import dk.sporlos.http.SessionCookie;
import dk.sporlos.page.Language;
import dk.sporlos.site.SiteId;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.net.http.HttpRequest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** People who have signed in, made straight in the database. */
public final class People {
  private final Pool pool;
  private final Clock clock;
  private final Accounts accounts;
  private final Members members;
  private final Sessions sessions;

  public People(Pool pool, Clock clock) {
    this.pool = pool;
    this.clock = clock;
    this.accounts = new Accounts(pool, clock);
    this.members = new Members(pool);
    this.sessions =
        new Sessions(
            pool,
            new Sessions.Rules(Duration.ofHours(24), Duration.ofDays(30), false),
            clock,
            new SecureRandom());
  }

  /**
   * Somebody with their browser.
   *
   * @param account its number
   */
  public record Person(int account, String secret) {

    /** Lets a request be of their browser. */
    public HttpRequest.Builder sign(HttpRequest.Builder request) {
      return request.header("Cookie", new SessionCookie(/* secure= */ false).name() + "=" + secret);
    }

    /** Lets a request be of a page that their browser shows. */
    public HttpRequest.Builder signForm(HttpRequest.Builder request) {
      return sign(request)
          .header("Sporlos-Token", new Secret(secret).formToken())
          .header("Sec-Fetch-Site", "same-origin");
    }
  }

  /** Somebody who may do everything. */
  public Person admin(String name) {
    return add(name, /* admin= */ true, null);
  }

  /** Somebody with a role on a site. */
  public Person member(String name, SiteId site, Role role) {
    return add(name, /* admin= */ false, Grant.on(site, role));
  }

  private Person add(String name, boolean admin, @Nullable Grant grant) {
    Email email = Email.parse(name + "@example.com");
    int account =
        accounts.add(new Accounts.New(email, name, admin, Language.parse("en"), null)).await();
    if (grant != null) {
      members.grant(account, grant).await();
    }
    return new Person(account, sessions.begin(account, Way.CODE, "").await().text());
  }

  /** The session of somebody who has yet to give the code of their device. */
  public Person half(Person person) {
    Secret secret = sessions.begin(person.account(), Way.PASSWORD, "").await();
    pool.preparedQuery("update session set complete = false where secret_hash = $1")
        .execute(Tuple.of(secret.hash()))
        .await();
    return new Person(person.account(), secret.text());
  }

  /** A session that has ended by time. */
  public Person ended(Person person) {
    Clock before = Clock.offset(clock, Duration.ofDays(-2));
    Sessions old =
        new Sessions(
            pool,
            new Sessions.Rules(Duration.ofHours(24), Duration.ofDays(30), false),
            before,
            new SecureRandom());
    return new Person(person.account(), old.begin(person.account(), Way.CODE, "").await().text());
  }
}
