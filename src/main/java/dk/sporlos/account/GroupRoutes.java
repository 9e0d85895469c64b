package dk.sporlos.account;

import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Function;

/** {@code /api/v1/groups}: sites that are read together, and by whom. For administrators. */
final class GroupRoutes {
  private static final String PATH = "/api/v1/groups";
  private static final String GROUP = PATH + "/:id";
  private static final String WHAT = "Group";

  private final Owners owners;
  private final Groups groups;
  private final Admission admission;
  private final SiteStore sites;

  GroupRoutes(Owners owners, Groups groups, Admission admission, SiteStore sites) {
    this.owners = owners;
    this.groups = groups;
    this.admission = admission;
    this.sites = sites;
  }

  void mount(Router router) {
    router
        .get(PATH)
        .respond(context -> owners.administer(context, fields -> all()))
        .failureHandler(Owners::refuse);
    router
        .post(PATH)
        .respond(context -> owners.administer(context, "add", "group", this::add))
        .failureHandler(Owners::refuse);
    router
        .delete(GROUP)
        .respond(
            context ->
                owners.administer(
                    context,
                    "remove",
                    "group",
                    fields ->
                        groups
                            .remove(number(context))
                            .map(removed -> Owners.deleted(removed, WHAT))))
        .failureHandler(Owners::refuse);
    router
        .put(GROUP + "/sites/:domain")
        .respond(
            context ->
                owners.administer(
                    context,
                    "change",
                    "sites of a group",
                    fields ->
                        inGroup(
                            context,
                            group ->
                                site(context)
                                    .compose(site -> groups.putIn(group.id(), site.id()))
                                    .map(done -> new JsonObject().put("created", true)))))
        .failureHandler(Owners::refuse);
    router
        .delete(GROUP + "/sites/:domain")
        .respond(
            context ->
                owners.administer(
                    context,
                    "change",
                    "sites of a group",
                    fields ->
                        site(context)
                            .compose(site -> groups.takeOut(number(context), site.id()))
                            .map(removed -> Owners.deleted(removed, "Site of the group"))))
        .failureHandler(Owners::refuse);
    router
        .put(GROUP + "/members")
        .respond(
            context ->
                owners.administer(
                    context,
                    "change",
                    "member of a group",
                    fields ->
                        inGroup(
                            context, group -> admission.admit(Target.ofGroup(group.id()), fields))))
        .failureHandler(Owners::refuse);
    router
        .delete(GROUP + "/members/:email")
        .respond(
            context ->
                owners.administer(
                    context,
                    "remove",
                    "member of a group",
                    fields ->
                        admission.dismiss(
                            Target.ofGroup(number(context)),
                            Admission.email(String.valueOf(context.pathParam("email"))))))
        .failureHandler(Owners::refuse);
  }

  private Future<JsonObject> all() {
    return Future.all(groups.all(), sites.all())
        .compose(
            read -> {
              List<Groups.Group> all = read.resultAt(0);
              List<Site> known = read.resultAt(1);
              return Future.all(all.stream().map(group -> json(group, known)).toList())
                  .map(
                      groups ->
                          new JsonObject().put("groups", new JsonArray(groups.<JsonObject>list())));
            });
  }

  private Future<JsonObject> json(Groups.Group group, List<Site> known) {
    JsonArray domains =
        new JsonArray(
            known.stream()
                .filter(site -> group.sites().contains(site.id()))
                .map(Site::domain)
                .toList());
    return admission.addTo(
        new JsonObject().put("id", group.id()).put("name", group.name()).put("sites", domains),
        Target.ofGroup(group.id()));
  }

  private Future<JsonObject> add(Fields fields) {
    String name = fields.required("name");
    try {
      return groups
          .add(name)
          .map(
              id -> {
                if (id == null) {
                  throw new RefusedException(400, "name: another group is called so");
                }
                return new JsonObject().put("id", id).put("name", name.strip());
              });
    } catch (IllegalArgumentException unfit) {
      throw new RefusedException(400, "name: " + unfit.getMessage());
    }
  }

  private Future<JsonObject> inGroup(
      RoutingContext context, Function<Groups.Group, Future<JsonObject>> change) {
    int number = number(context);
    return groups
        .all()
        .compose(
            all ->
                all.stream()
                    .filter(group -> group.id() == number)
                    .findAny()
                    .map(change)
                    .orElseThrow(() -> new RefusedException(404, WHAT + " could not be found")));
  }

  private Future<Site> site(RoutingContext context) {
    return sites
        .find(String.valueOf(context.pathParam("domain")))
        .map(
            site -> {
              if (site == null) {
                throw new RefusedException(404, "Site could not be found");
              }
              return site;
            });
  }

  private static int number(RoutingContext context) {
    long id = Owners.id(context, WHAT);
    return id > Integer.MAX_VALUE ? -1 : (int) id;
  }
}
