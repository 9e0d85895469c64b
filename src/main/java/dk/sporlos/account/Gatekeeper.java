package dk.sporlos.account;

import dk.sporlos.account.Sessions.Standing;
import dk.sporlos.door.SignInDoor;
import dk.sporlos.http.Bodies;
import dk.sporlos.http.BodyBudget;
import dk.sporlos.http.FailedRequests;
import dk.sporlos.http.Problem;
import dk.sporlos.http.SameOrigin;
import dk.sporlos.http.SessionCookie;
import dk.sporlos.page.Forms;
import dk.sporlos.page.Language;
import dk.sporlos.page.Page;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What all pages of accounts share: who asks, what a form says, and what is said when it fails. */
final class Gatekeeper {
  private static final int MAX_FORM = 8_192;
  private static final String TOKEN = "token";

  /** The pages of signing in, in the order in which people come by them. */
  static final String SIGN_IN = "/sign-in";

  static final String CODE = "/sign-in/code";
  static final String SET_UP = "/sign-in/second-step";
  static final String FORGOTTEN = "/sign-in/forgotten";
  static final String PROVIDER = "/sign-in/provider";

  private final Sessions sessions;
  private final SignInDoor door;
  private final BodyBudget bodies;
  private final FailedRequests failures =
      new FailedRequests("a page of an account was not answered");

  Gatekeeper(Sessions sessions, SignInDoor door, BodyBudget bodies) {
    this.sessions = sessions;
    this.door = door;
    this.bodies = bodies;
  }

  SignInDoor door() {
    return door;
  }

  /** The session that a request is of; null if of none. */
  Future<Sessions.@Nullable Session> session(HttpServerRequest request) {
    String brought = cookie(request).read(request);
    return brought == null ? Future.succeededFuture() : sessions.find(new Secret(brought));
  }

  /** Makes the browser show a session from now on. */
  void signIn(RoutingContext context, Secret session) {
    cookie(context.request()).set(context.response(), session.text());
  }

  /** Makes the browser show none. */
  void signOut(RoutingContext context) {
    cookie(context.request()).remove(context.response());
  }

  private SessionCookie cookie(HttpServerRequest request) {
    return new SessionCookie(door.isSecure(request));
  }

  /** What says in a form that it is of a page which the holder of the session was given. */
  static dk.sporlos.page.Html token(Sessions.Session session) {
    return FormHtml.hidden(TOKEN, session.secret().formToken());
  }

  /** Answers a request for a page that anybody may see. */
  void page(RoutingContext context, Function<RoutingContext, Future<Void>> answer) {
    context.response().putHeader(HttpHeaders.CACHE_CONTROL, Page.NOT_STORED);
    answer.apply(context).onFailure(failure -> failed(context, failure));
  }

  /** What is answered to the holder of a session. */
  interface Signed {
    Future<Void> answer(RoutingContext context, Sessions.Session session);
  }

  /** What is done for the holder of a session who sent a form. */
  interface SignedForm {
    Future<Void> answer(RoutingContext context, Sessions.Session session, Map<String, String> form);
  }

  /** Answers a request for a page of the holder; others are led to where they sign in. */
  void signed(RoutingContext context, Signed answer) {
    signed(context, Standing.COMPLETE, answer);
  }

  /** The same for whoever has come just so far with signing in. */
  void signed(RoutingContext context, Standing standing, Signed answer) {
    page(
        context,
        asked ->
            session(context.request())
                .compose(
                    session ->
                        session != null && session.standing() == standing
                            ? answer.answer(inOwnLanguage(context, session), session)
                            : lead(context, session, context.normalizedPath())));
  }

  /** In the language that the holder chose, unless the address asks for another. */
  private static RoutingContext inOwnLanguage(RoutingContext context, Sessions.Session session) {
    if (!context.request().params().contains("lang")) {
      speak(context, session.account().language());
    }
    return context;
  }

  /** Answers in a language from here on, as if the address asked for it. */
  private static void speak(RoutingContext context, Language language) {
    context.request().params().set("lang", language.code());
  }

  /** Leads to what is next of signing in, and from there on to a page. */
  private static Future<Void> lead(
      RoutingContext context, Sessions.@Nullable Session session, String next) {
    return go(
        context,
        session == null
            ? Next.after(SIGN_IN, next)
            : switch (session.standing()) {
              case TO_PROVE -> Next.after(CODE, next);
              case TO_SET_UP -> Next.after(SET_UP, next);
              case COMPLETE -> Next.of(context);
            });
  }

  /** Reads a form that anybody may send from a page of this host. */
  void form(RoutingContext context, Function<Map<String, String>, Future<Void>> answer) {
    page(
        context,
        asked -> {
          if (!SameOrigin.isFromHere(context.request())) {
            return refuse(context, 403, "cross-site", "this form belongs on a page of this host");
          }
          return Bodies.read(context.request(), MAX_FORM, bodies)
              .map(body -> Forms.parse(body.toString()))
              .onSuccess(form -> speak(context, Forms.language(form, context)))
              .compose(answer);
        });
  }

  /** Reads a form of the holder of a session. */
  void signedForm(RoutingContext context, SignedForm answer) {
    signedForm(context, Standing.COMPLETE, answer);
  }

  /** The same for whoever has come just so far with signing in. */
  void signedForm(RoutingContext context, Standing standing, SignedForm answer) {
    form(
        context,
        form ->
            session(context.request())
                .compose(
                    session -> {
                      if (session == null || session.standing() != standing) {
                        return lead(context, session, Next.in(form));
                      }
                      return session.secret().isFormToken(form.getOrDefault(TOKEN, ""))
                          ? answer.answer(context, session, form)
                          : refuse(
                              context,
                              403,
                              "outdated-form",
                              "this form is of another session; load its page again");
                    }));
  }

  /** Leads the browser to another page of this host. */
  static Future<Void> go(RoutingContext context, String address) {
    return context.response().setStatusCode(303).putHeader(HttpHeaders.LOCATION, address).end();
  }

  static Future<Void> refuse(RoutingContext context, int status, String code, String words) {
    return new Problem(status, code, words).send(context.response());
  }

  private void failed(RoutingContext context, Throwable failure) {
    if (failure instanceof Bodies.AbortedException || context.response().ended()) {
      return;
    }
    if (failure instanceof Bodies.TooLargeException) {
      new Problem(413, "too-large", "a form of this page has 8 KB at most")
          .send(context.response());
      return;
    }
    failures.log(context.request(), failure);
    context.response().putHeader(HttpHeaders.RETRY_AFTER, "5");
    new Problem(503, "unavailable", "nothing was changed; try again in a moment")
        .send(context.response());
  }
}
