package dk.sporlos.account;

import dk.sporlos.account.Sessions.Session;
import dk.sporlos.page.Language;
import dk.sporlos.page.Page;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What all forms of the account's page share: the page that they lead back to, and the password.
 */
final class AccountView {
  static final String HOME = "/account";

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  private final Gatekeeper gate;
  private final SignInSettings settings;
  private final SignIn signIn;
  private final Accounts accounts;
  private final Sessions sessions;
  private final SecondStep secondStep;
  private final PasskeyStore passkeys;

  AccountView(
      Gatekeeper gate,
      SignInSettings settings,
      SignIn signIn,
      Accounts accounts,
      Sessions sessions,
      SecondStep secondStep,
      PasskeyStore passkeys) {
    this.gate = gate;
    this.settings = settings;
    this.signIn = signIn;
    this.accounts = accounts;
    this.sessions = sessions;
    this.secondStep = secondStep;
    this.passkeys = passkeys;
  }

  PasskeyStore passkeys() {
    return passkeys;
  }

  /**
   * What is said at the top of the page.
   *
   * @param words null for nothing
   * @param codes that are shown once; none otherwise
   */
  record Said(@Nullable String words, List<String> codes) {
    static final Said NOTHING = new Said(null, List.of());

    static Said of(String words) {
      return new Said(words, List.of());
    }
  }

  /** Answers with the page. */
  Future<Void> show(RoutingContext context, Session session, int status, Said said) {
    int account = session.account().id();
    Future<List<Sessions.Listed>> open = sessions.of(account, session.secret());
    Future<@Nullable Totp> prepared = secondStep.prepared(account);
    Future<Long> left = secondStep.codesLeft(account);
    Future<List<PasskeyStore.Listed>> keys = passkeys.of(account);
    return Future.all(open, prepared, left, keys)
        .map(
            all -> {
              Language language = Language.of(context);
              AccountPage content =
                  new AccountPage(
                      language,
                      settings,
                      session,
                      open.result(),
                      prepared.result(),
                      left.result(),
                      keys.result());
              Page page =
                  new Page(
                      language, language.of("Din konto", "Your account"), content.html(said), HOME);
              (Passkeys.areMadeFor(settings.publicUrl())
                      ? page.withScript(PasskeyHtml.SCRIPT)
                      : page)
                  .send(context, status, Page.NOT_STORED);
              return null;
            });
  }

  /** Answers with the page of the account as it is now. */
  Future<Void> showAgain(RoutingContext context, Session session, Said said) {
    return sessions
        .find(session.secret())
        .compose(
            found ->
                found == null
                    ? Gatekeeper.go(context, Gatekeeper.SIGN_IN)
                    : show(context, found, 200, said));
  }

  /** What is done. */
  interface Doing {
    Future<Void> run();
  }

  /** Does what matters, for somebody who says the password again. */
  Future<Void> ifPasswordIsRight(
      RoutingContext context, Session session, Map<String, String> form, Doing doing) {
    return signIn
        .knowsPassword(session.account(), form.getOrDefault("password", ""))
        .compose(
            right ->
                right
                    ? doing.run()
                    : show(context, session, 403, Said.of(wrongPassword(Language.of(context)))));
  }

  static String wrongPassword(Language language) {
    return language.of(
        "Adgangskoden er forkert; intet er ændret.", "The password is wrong; nothing was changed.");
  }

  /* Where everybody is asked for a second step, the next one is set up before anything else. */
  /** Begins the session anew if the installation asks for a second step and none is left. */
  Future<Void> afterRemoval(RoutingContext context, Session session) {
    if (!sessions.asksForSecondStep()) {
      return Future.succeededFuture();
    }
    return accounts
        .find(session.account().id())
        .compose(
            found ->
                found == null || found.account().secondStep() || found.account().hasPasskey()
                    ? Future.succeededFuture()
                    : sessions
                        .renew(session, Way.PASSWORD, gate.door().browser(context.request()))
                        .onSuccess(secret -> gate.signIn(context, secret))
                        .mapEmpty());
  }

  /** A number that a form says; null if it is none. */
  static @Nullable Integer number(@Nullable String said) {
    return said != null && NUMBER.matcher(said).matches() ? Integer.valueOf(said) : null;
  }
}
