package dk.sporlos.door;

import dk.sporlos.door.Action.Event;
import dk.sporlos.door.Action.PageView;
import dk.sporlos.site.Dialect;
import dk.sporlos.site.HostName;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code /count} as the script of GoatCounter asks for it, and {@code POST /api/v0/count} as
 * servers do (https://www.goatcounter.com/help/pixel, …/help/api). The site is that of the host
 * that is asked, or named by the parameter {@code site}.
 */
final class GoatCounterDecoder implements DialectDecoder {
  private static final int MOST_HITS = 500;
  private static final int LONGEST_PATH = 2_048;
  private static final int LONGEST_REFERRER = 2_048;
  private static final int LONGEST_NAME = 120;
  private static final int LONGEST_AGENT = 512;
  private static final int WIDEST_SCREEN = 65_535;
  private static final String API = "/api/v0/count";

  /** As which its script names what drives the browser. */
  private static final int LEAST_BOT = 150;

  private static final int MOST_BOT = 153;

  private static final Set<String> YES = Set.of("true", "1", "on", "yes", "t");
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*");
  private static final Map<String, String> CAMPAIGNS =
      Map.of("src", "source", "campaign", "utm_campaign");

  /**
   * What is said of a hit, in the query or in JSON.
   *
   * @param driven whether a program drives the browser
   */
  private record Said(
      @Nullable String path,
      boolean event,
      @Nullable String referrer,
      @Nullable String query,
      @Nullable Integer width,
      boolean driven,
      OnBehalf onBehalf) {}

  @Override
  public Message decode(Sent sent) {
    Object json = sent.json();
    Map<String, String> query = QueryText.read(sent.query());
    String named = Loose.filled(query.get("site"));
    String site = HostName.canonical(named == null ? sent.host() : named);
    return sent.path().endsWith(API) ? bulk(site, json) : Message.of(hit(site, query));
  }

  private static Message bulk(String site, @Nullable Object json) {
    JsonArray hits =
        json instanceof JsonObject object && object.getValue("hits") instanceof JsonArray all
            ? all
            : new JsonArray();
    if (hits.isEmpty() || hits.size() > MOST_HITS) {
      String detail =
          hits.isEmpty() ? "no hits" : "maximum amount of pageviews in one batch is 500";
      return new Message(List.of(wrong("hits", detail)), true, false);
    }
    List<Decoded> items = new ArrayList<>();
    for (int i = 0; i < hits.size(); i++) {
      items.add(
          hits.getValue(i) instanceof JsonObject hit
              ? hit(site, hit)
              : wrong("hit", "must be an object"));
    }
    return new Message(items, /* bulk= */ true, /* quiet= */ false);
  }

  private static Decoded.Unreadable wrong(String subject, String detail) {
    return new Decoded.Unreadable(subject, detail);
  }

  private static Decoded hit(String site, Map<String, String> query) {
    String bot = query.getOrDefault("b", "");
    Integer driver = Loose.within(bot, LEAST_BOT, MOST_BOT);
    if (driver == null && !bot.isEmpty() && !bot.equals("0")) {
      return wrong("b", "wrong value: b is none of 150 to 153");
    }
    String size = query.getOrDefault("s", "");
    int comma = size.indexOf(',');
    return beacon(
        site,
        new Said(
            query.get("p"),
            YES.contains(query.getOrDefault("e", "").toLowerCase(Locale.ROOT)),
            query.get("r"),
            query.get("q"),
            Loose.within(comma < 0 ? size : size.substring(0, comma), 1, WIDEST_SCREEN),
            driver != null,
            OnBehalf.NOBODY));
  }

  private static Decoded hit(String site, JsonObject hit) {
    String ip = Loose.filled(hit.getValue("ip"));
    Address address = ip == null ? null : Address.parse(ip);
    String created = Loose.filled(hit.getValue("created_at"));
    Instant at = created == null ? null : moment(created);
    if ((ip != null && address == null) || (created != null && at == null)) {
      return wrong(address == null && ip != null ? "ip" : "created_at", "is not valid");
    }
    String agent = Loose.filled(hit.getValue("user_agent"));
    Object size = hit.getValue("size");
    return beacon(
        site,
        new Said(
            Loose.text(hit.getValue("path")),
            Boolean.TRUE.equals(hit.getValue("event")),
            Loose.text(hit.getValue("ref")),
            Loose.text(hit.getValue("query")),
            size instanceof JsonArray sizes && !sizes.isEmpty()
                ? Loose.within(sizes.getValue(0), 1, WIDEST_SCREEN)
                : null,
            Loose.within(hit.getValue("bot"), 1, Integer.MAX_VALUE) != null,
            new OnBehalf(
                address,
                agent == null ? null : Sender.bounded(agent, LONGEST_AGENT),
                Loose.filled(hit.getValue("language")),
                at,
                null)));
  }

  private static @Nullable Instant moment(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException noTime) {
      return null;
    }
  }

  private static Decoded beacon(String site, Said said) {
    String path = Loose.filled(said.path());
    if (path == null) {
      return wrong("path", "not valid: path: must be set");
    }
    if (PlainText.isLonger(path, LONGEST_PATH)) {
      return wrong("path", "not valid: path: must be shorter than 2048 bytes");
    }
    String name = said.event() ? Loose.name(withoutSlash(path), LONGEST_NAME) : null;
    if (said.event() && name == null) {
      return wrong("path", "not valid: path: must be set");
    }
    String referrer = said.referrer();
    boolean isAddress = referrer != null && SCHEME.matcher(referrer).matches();
    Url url = Url.onSite(said.event() ? "/" : "/" + withoutSlash(path));
    return new Beacon(
        Dialect.GOATCOUNTER,
        site,
        url.withQuery(query(url.query(), said.query(), isAddress ? null : referrer)),
        name == null ? new PageView() : new Event(name, true),
        isAddress && !PlainText.isLonger(String.valueOf(referrer), LONGEST_REFERRER)
            ? referrer
            : null,
        Map.of(),
        /* revenue= */ null,
        said.width(),
        /* consent= */ null,
        said.driven(),
        /* nonce= */ null,
        Duration.ZERO,
        said.onBehalf());
  }

  private static String withoutSlash(String path) {
    int start = 0;
    while (start < path.length() && path.charAt(start) == '/') {
      start++;
    }
    return path.substring(start);
  }

  /** The query of the path, that of the page, and a referrer that is a name and no address. */
  private static @Nullable String query(
      @Nullable String ofPath, @Nullable String ofPage, @Nullable String name) {
    StringBuilder query = new StringBuilder(ofPath == null ? "" : ofPath);
    if (ofPage != null && !ofPage.isBlank()) {
      query.append(query.isEmpty() ? "" : "&").append(ofPage.strip().replaceFirst("^\\?", ""));
    }
    if (name != null && !name.isBlank()) {
      query
          .append(query.isEmpty() ? "" : "&")
          .append("ref=")
          .append(URLEncoder.encode(name.strip(), StandardCharsets.UTF_8));
    }
    return query.isEmpty() ? null : QueryText.renamed(query.toString(), CAMPAIGNS);
  }
}
