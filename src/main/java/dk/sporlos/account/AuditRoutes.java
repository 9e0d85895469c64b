package dk.sporlos.account;

import dk.sporlos.site.Audit;
import dk.sporlos.site.SiteId;
import dk.sporlos.stats.Csv;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v1/sites/DOMAIN/audit} and {@code audit.csv}: what was done to a site, by whom and
 * when. For its owners.
 */
final class AuditRoutes {
  private static final String PATH = "/api/v1/sites/:" + Owners.DOMAIN + "/audit";
  private static final int USUAL = 100;
  private static final int MOST = 10_000;
  private static final Pattern ACCOUNT = Pattern.compile("account (\\d{1,9})(?: \\((.*)\\))?");

  private final Owners owners;
  private final Accounts accounts;
  private final Pool pool;

  AuditRoutes(Owners owners, Accounts accounts, Pool pool) {
    this.owners = owners;
    this.accounts = accounts;
    this.pool = pool;
  }

  void mount(Router router) {
    router.get(PATH + ".csv").respond(this::download).failureHandler(Owners::refuse);
    router
        .get(PATH)
        .respond(context -> owners.answer(context, Permission.OWN, this::list))
        .failureHandler(Owners::refuse);
  }

  private Future<JsonObject> list(Owners.OnSite request) {
    Long limit = request.fields().number("limit");
    if (limit != null && (limit < 1 || limit > MOST)) {
      throw new RefusedException(
          400, "Parameter `limit` is invalid: write a number from 1 to %d".formatted(MOST));
    }
    return lines(request, limit == null ? USUAL : limit.intValue())
        .map(lines -> new JsonObject().put("audit", new JsonArray(lines)));
  }

  private Future<@Nullable JsonObject> download(RoutingContext context) {
    return owners
        .answer(
            context,
            Permission.OWN,
            request -> lines(request, MOST).map(lines -> new JsonObject().put("csv", csv(lines))))
        .compose(
            answer ->
                context
                    .response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, "text/csv; charset=utf-8")
                    .putHeader("Content-Disposition", "attachment; filename=\"audit.csv\"")
                    .end(answer.getString("csv")))
        .mapEmpty();
  }

  private static String csv(List<JsonObject> lines) {
    List<String> columns =
        List.of("at", "who", "role", "action", "what", "first_day", "last_day", "rows");
    List<List<?>> table = new ArrayList<>();
    table.add(columns);
    for (JsonObject line : lines) {
      List<Object> cells = new ArrayList<>();
      columns.forEach(column -> cells.add(line.getValue(column)));
      table.add(cells);
    }
    return Csv.lines(table);
  }

  private Future<List<JsonObject>> lines(Owners.OnSite request, int count) {
    // What is of the installation names the people of other sites.
    boolean admin = request.caller().mayEverywhere(Permission.ADMIT);
    Set<SiteId> sites = admin ? Set.of(request.id(), SiteId.INSTALLATION) : Set.of(request.id());
    return Future.all(Audit.latest(pool, sites, count), accounts.all())
        .map(
            read -> {
              List<Audit.Dated> lines = read.resultAt(0);
              List<Account> all = read.resultAt(1);
              Map<Integer, String> emails =
                  all.stream().collect(Collectors.toMap(Account::id, one -> one.email().text()));
              return lines.stream().map(line -> json(line, emails)).toList();
            });
  }

  /** Whoever has no account any more stays a number. */
  private static JsonObject json(Audit.Dated dated, Map<Integer, String> emails) {
    Audit.Line line = dated.line();
    Matcher account = ACCOUNT.matcher(line.actor());
    boolean person = account.matches();
    String number = person ? "account " + account.group(1) : line.actor();
    return new JsonObject()
        .put("at", dated.at().toInstant().toString())
        .put(
            "who", person ? emails.getOrDefault(Integer.valueOf(account.group(1)), number) : number)
        .put("role", person ? account.group(2) : null)
        .put("action", line.action())
        .put("what", line.what())
        .put("first_day", text(line.first()))
        .put("last_day", text(line.last()))
        .put("rows", line.rows());
  }

  private static @Nullable String text(@Nullable LocalDate day) {
    return day == null ? null : day.toString();
  }
}
