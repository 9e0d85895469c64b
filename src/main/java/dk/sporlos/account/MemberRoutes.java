package dk.sporlos.account;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;

/**
 * {@code /api/v1/sites/DOMAIN/members}: who may do what on a site, and who is invited to it. For
 * people who own the site.
 */
final class MemberRoutes {
  private static final String PATH = "/api/v1/sites/:" + Owners.DOMAIN + "/members";

  private final Owners owners;
  private final Admission admission;

  MemberRoutes(Owners owners, Admission admission) {
    this.owners = owners;
    this.admission = admission;
  }

  void mount(Router router) {
    router
        .get(PATH)
        .respond(
            context ->
                owners.answer(
                    context,
                    Permission.ADMIT,
                    request -> admission.addTo(new JsonObject(), Target.of(request.id()))))
        .failureHandler(Owners::refuse);
    router
        .put(PATH)
        .respond(
            context ->
                owners.change(
                    context,
                    Permission.ADMIT,
                    "change",
                    "member",
                    request -> admission.admit(Target.of(request.id()), request.fields())))
        .failureHandler(Owners::refuse);
    router
        .delete(PATH + "/:email")
        .respond(
            context ->
                owners.change(
                    context,
                    Permission.ADMIT,
                    "remove",
                    "member",
                    request ->
                        admission.dismiss(
                            Target.of(request.id()),
                            Admission.email(String.valueOf(context.pathParam("email"))))))
        .failureHandler(Owners::refuse);
  }
}
