package dk.sporlos.account;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;

/**
 * {@code POST /api/v1/sites/DOMAIN/check}: what keeps a page of the site from being counted, as
 * {@code sporlos doctor site} says it. For those who may change what is defined of a site.
 */
final class CheckRoutes {
  private static final String PATH = "/api/v1/sites/:" + Owners.DOMAIN + "/check";

  private final Owners owners;
  private final SiteDoctor doctor;

  CheckRoutes(Owners owners, SiteDoctor doctor) {
    this.owners = owners;
    this.doctor = doctor;
  }

  void mount(Router router) {
    router
        .post(PATH)
        .respond(context -> owners.answer(context, Permission.EDIT, this::check))
        .failureHandler(Owners::refuse);
  }

  private Future<JsonObject> check(Owners.OnSite request) {
    return doctor
        .examine(request.site(), request.fields().required("url"))
        .map(
            findings ->
                new JsonObject()
                    .put(
                        "findings",
                        new JsonArray(
                            findings.stream()
                                .map(
                                    finding ->
                                        new JsonObject()
                                            .put("code", finding.code())
                                            .put("detail", finding.detail())
                                            .put("remedy", finding.remedy()))
                                .toList())));
  }
}
