package dk.sporlos.account;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Who has a role on a site or a group of sites, and who is invited to one; as the API says it. */
final class Admission {
  private final Accounts accounts;
  private final Members members;
  private final Links links;

  Admission(Accounts accounts, Members members, Links links) {
    this.accounts = accounts;
    this.members = members;
    this.links = links;
  }

  /** Adds to an answer those who have a role, and those who are invited. */
  Future<JsonObject> addTo(JsonObject answer, Target target) {
    return Future.all(members.of(target), links.invited(target))
        .map(
            read -> {
              List<Members.Member> present = read.resultAt(0);
              return answer
                  .put("members", new JsonArray(present.stream().map(Admission::json).toList()))
                  .put("invitations", invitations(read.resultAt(1)));
            });
  }

  static JsonArray invitations(List<Links.Invited> invited) {
    return new JsonArray(invited.stream().map(Admission::json).toList());
  }

  /** Whoever has an account gets the role at once, others a link to an account. */
  Future<JsonObject> admit(Target target, Fields fields) {
    Email email = email(fields.required("email"));
    Grant grant = new Grant(target.site(), target.group(), role(fields));
    return accounts
        .byEmail(email)
        .compose(
            account ->
                account == null
                    ? invite(links, new Links.Invitation(email, grant))
                    : members
                        .grant(account.id(), grant)
                        .map(granted -> admitted(email, grant.role().label())));
  }

  /** Invites somebody; what was sent them before no longer holds. */
  static Future<JsonObject> invite(Links links, Links.Invitation invitation) {
    Grant grant = invitation.grant();
    String role = grant == null ? "admin" : grant.role().label();
    return links
        .toJoin(invitation)
        .map(link -> admitted(invitation.email(), role).put("link", link));
  }

  private static JsonObject admitted(Email email, String role) {
    return new JsonObject().put("email", email.text()).put("role", role);
  }

  /** Takes a role or an invitation back. */
  Future<JsonObject> dismiss(Target target, Email email) {
    return accounts
        .byEmail(email)
        .compose(
            account ->
                account == null
                    ? Future.succeededFuture(/* revoked= */ false)
                    : members.revoke(account.id(), target))
        .compose(revoked -> links.takeBack(email, target).map(taken -> revoked || taken))
        .map(removed -> Owners.deleted(removed, "Member"));
  }

  static Email email(String text) {
    try {
      return Email.parse(text);
    } catch (IllegalArgumentException none) {
      throw new RefusedException(400, "Parameter `email` is invalid: " + none.getMessage());
    }
  }

  private static Role role(Fields fields) {
    Role role = Role.find(fields.required("role"));
    if (role == null) {
      throw new RefusedException(400, "Parameter `role` is invalid: write viewer, editor or owner");
    }
    return role;
  }

  private static JsonObject json(Members.Member member) {
    return new JsonObject()
        .put("email", member.account().email().text())
        .put("name", member.account().name())
        .put("role", member.role().label());
  }

  private static JsonObject json(Links.Invited invited) {
    return new JsonObject()
        .put("email", invited.email().text())
        .put("role", invited.role())
        .put("expires_at", invited.expiresAt().toInstant().toString());
  }
}
