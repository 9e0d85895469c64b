package dk.sporlos.account;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.util.List;

/** {@code /api/v1/accounts}: who may sign in at all. For administrators. */
final class PeopleRoutes {
  private static final String PATH = "/api/v1/accounts";

  private final Owners owners;
  private final Accounts accounts;
  private final Links links;

  PeopleRoutes(Owners owners, Accounts accounts, Links links) {
    this.owners = owners;
    this.accounts = accounts;
    this.links = links;
  }

  void mount(Router router) {
    router
        .get(PATH)
        .respond(context -> owners.administer(context, fields -> all()))
        .failureHandler(Owners::refuse);
    router
        .post(PATH)
        .respond(context -> owners.administer(context, "invite", "administrator", this::invite))
        .failureHandler(Owners::refuse);
    router
        .delete(PATH + "/:email")
        .respond(
            context ->
                owners.administer(
                    context,
                    "remove",
                    "account",
                    fields -> remove(Admission.email(String.valueOf(context.pathParam("email"))))))
        .failureHandler(Owners::refuse);
  }

  private Future<JsonObject> all() {
    return Future.all(accounts.all(), links.invited(Target.INSTALLATION))
        .map(
            read -> {
              List<Account> all = read.resultAt(0);
              List<Links.Invited> invited = read.resultAt(1);
              return new JsonObject()
                  .put("accounts", new JsonArray(all.stream().map(PeopleRoutes::json).toList()))
                  .put("invitations", Admission.invitations(invited));
            });
  }

  private Future<JsonObject> invite(Fields fields) {
    Email email = Admission.email(fields.required("email"));
    return accounts
        .byEmail(email)
        .compose(
            account -> {
              if (account != null) {
                throw new RefusedException(400, "email: this address has an account already");
              }
              return Admission.invite(links, new Links.Invitation(email, null));
            });
  }

  /** An account, or an invitation to be an administrator. */
  private Future<JsonObject> remove(Email email) {
    return accounts
        .byEmail(email)
        .compose(
            account ->
                account == null
                    ? links.takeBack(email, Target.INSTALLATION)
                    : accounts.removeUnlessLastAdmin(account.id()).map(PeopleRoutes::removed))
        .map(removed -> Owners.deleted(removed, "Account"));
  }

  private static boolean removed(boolean removed) {
    if (!removed) {
      throw new RefusedException(
          400, "This is the last administrator; make another one before you remove this account.");
    }
    return true;
  }

  private static JsonObject json(Account account) {
    return new JsonObject()
        .put("email", account.email().text())
        .put("name", account.name())
        .put("admin", account.admin())
        .put("second_step", account.secondStep())
        .put("created_on", account.createdOn().toString());
  }
}
