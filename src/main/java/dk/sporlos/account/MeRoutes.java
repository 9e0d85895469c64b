package dk.sporlos.account;

import dk.sporlos.http.Credential;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.util.List;

/**
 * {@code GET /api/me}: who has signed in, what their requests say to change something, and which
 * sites they see.
 */
final class MeRoutes {

  private final Owners owners;
  private final SiteStore sites;
  private final Groups groups;

  MeRoutes(Owners owners, SiteStore sites, Groups groups) {
    this.owners = owners;
    this.sites = sites;
    this.groups = groups;
  }

  void mount(Router router) {
    router
        .get("/api/me")
        .respond(context -> owners.answer(context, request -> me(request.caller())))
        .failureHandler(Owners::refuse);
  }

  private Future<JsonObject> me(Caller caller) {
    if (!(caller instanceof Caller.Person person)) {
      throw new RefusedException(403, "A token is nobody; this is for people who have signed in.");
    }
    return Future.all(sites.all(), groups.all())
        .map(read -> json(person, read.resultAt(0), read.resultAt(1)));
  }

  private static JsonObject json(
      Caller.Person person, List<Site> sites, List<Groups.Group> groups) {
    Account account = person.account();
    List<Site> seen = sites.stream().filter(site -> person.role(site.id()) != null).toList();
    return new JsonObject()
        .put(
            "account",
            new JsonObject()
                .put("email", account.email().text())
                .put("name", account.name())
                .put("language", account.language().code())
                .put("admin", account.admin()))
        .put("token", person.session().secret().formToken())
        .put("header", Credential.FORM_TOKEN)
        .put("sites", new JsonArray(seen.stream().map(site -> json(person, site)).toList()))
        .put(
            "groups",
            new JsonArray(
                groups.stream()
                    .map(group -> json(group, seen))
                    .filter(group -> !group.getJsonArray("sites").isEmpty())
                    .toList()));
  }

  private static JsonObject json(Caller.Person person, Site site) {
    Role role = person.role(site.id());
    return new JsonObject()
        .put("domain", site.domain())
        .put("timezone", site.zone().getId())
        .put("role", role == null ? null : role.label());
  }

  /** Of a group, only what one sees. */
  private static JsonObject json(Groups.Group group, List<Site> seen) {
    return new JsonObject()
        .put("id", group.id())
        .put("name", group.name())
        .put(
            "sites",
            new JsonArray(
                seen.stream()
                    .filter(site -> group.sites().contains(site.id()))
                    .map(Site::domain)
                    .toList()));
  }
}
