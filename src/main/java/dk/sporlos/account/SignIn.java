package dk.sporlos.account;

import io.vertx.core.Future;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Signing in by password, and by a code of a device where an account asks for one. */
public final class SignIn {
  private final Accounts accounts;
  private final Passwords passwords;
  private final Sessions sessions;
  private final SecondStep secondStep;
  private final Throttle byPassword;
  private final Throttle byCode;

  public SignIn(
      Accounts accounts,
      Passwords passwords,
      Sessions sessions,
      SecondStep secondStep,
      Clock clock) {
    this.accounts = accounts;
    this.passwords = passwords;
    this.sessions = sessions;
    this.secondStep = secondStep;
    this.byPassword = new Throttle(clock);
    this.byCode = new Throttle(clock);
  }

  /** What comes of a try. */
  sealed interface Outcome {

    /** It was wrong; which part of it, nobody is told. */
    record Wrong() implements Outcome {}

    /** Too many were wrong before; it was not looked at. */
    record Wait() implements Outcome {}

    /** It was right. */
    record Right(Account account, Secret session) implements Outcome {}

    /** The password was right, and a code is to come. */
    record CodeNeeded(Secret session) implements Outcome {}
  }

  /*
   * An address without an account is compared with a hash that nobody's password has, and waits like
   * any other: neither answer nor time tells whether there is an account.
   */
  /** A try with a password. */
  Future<Outcome> withPassword(Email email, String password, String browser) {
    if (!byPassword.takes(email)) {
      return Future.succeededFuture(new Outcome.Wait());
    }
    return accounts
        .find(email)
        .compose(
            found ->
                passwords
                    .isRight(password, found == null ? null : found.passwordHash())
                    .compose(
                        right ->
                            right && found != null
                                ? begin(found.account(), browser)
                                : Future.succeededFuture(new Outcome.Wrong())));
  }

  private Future<Outcome> begin(Account account, String browser) {
    byPassword.succeeded(account.email());
    return sessions
        .begin(account.id(), Way.PASSWORD, browser)
        .map(
            secret ->
                account.secondStep()
                    ? new Outcome.CodeNeeded(secret)
                    : new Outcome.Right(account, secret));
  }

  /** A try with a code, after the password. The session begins anew, with another secret. */
  Future<Outcome> withCode(Sessions.Session half, String code, String browser) {
    int account = half.account().id();
    if (!byCode.takes(account)) {
      return Future.succeededFuture(new Outcome.Wait());
    }
    return secondStep
        .isRight(account, code)
        .compose(
            right -> {
              if (!right) {
                return Future.succeededFuture(new Outcome.Wrong());
              }
              byCode.succeeded(account);
              return sessions
                  .renew(half, Way.CODE, browser)
                  .map(secret -> new Outcome.Right(half.account(), secret));
            });
  }

  /**
   * Confirms the device of somebody who is signed in.
   *
   * @return codes for its loss; null if the code is wrong, or too many were
   */
  Future<@Nullable List<String>> confirm(int account, String code) {
    return byCode.takes(account)
        ? secondStep
            .confirm(account, code)
            .onSuccess(
                codes -> {
                  if (codes != null) {
                    byCode.succeeded(account);
                  }
                })
        : Future.succeededFuture();
  }

  /** Whether the password is that of somebody who is signed in, asked for before what matters. */
  Future<Boolean> knowsPassword(Account account, String password) {
    return byPassword.takes(account.email())
        ? accounts
            .find(account.id())
            .compose(
                found -> passwords.isRight(password, found == null ? null : found.passwordHash()))
            .onSuccess(
                right -> {
                  if (right) {
                    byPassword.succeeded(account.email());
                  }
                })
        : Future.succeededFuture(false);
  }
}
