package dk.sporlos.door;

import dk.sporlos.site.Dialect;
import dk.sporlos.site.HostName;
import dk.sporlos.site.Site;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads lines of an import into a site: one JSON object each. Confined to one thread at a time. */
final class ImportDecoder {
  private static final int LONGEST_URL = 2_000;
  private static final int LONGEST_VISITOR = 300;
  private static final int LONGEST_TIME = 40;

  /** By how much clocks may differ. */
  private static final Duration AHEAD = Duration.ofMinutes(10);

  /** What is engaged on a page, in one line or in the page view's. */
  private static final Duration LONGEST_ENGAGEMENT = Duration.ofHours(4);

  private static final ActionFields ACTION =
      new ActionFields(
          "name",
          "interactive",
          "engagement_ms",
          "scroll_depth",
          "props",
          "revenue",
          LONGEST_ENGAGEMENT);

  private final Remembered<ImportedClient> clients =
      new Remembered<>(ImportedClient.KEYS, ImportedClient::read);
  private final Remembered<ImportedPlace> places =
      new Remembered<>(ImportedPlace.KEYS, ImportedPlace::read);
  private final Site site;
  private final Instant latest;
  private final LocalDate earliest;

  /**
   * @param now no line may be of later
   */
  ImportDecoder(Site site, Instant now) {
    this.site = site;
    this.latest = now.plus(AHEAD);
    this.earliest = LocalDate.ofInstant(now, site.zone()).minusMonths(site.privacy().totalMonths());
  }

  /** The object that a line is; null if it is none. */
  static @Nullable JsonObject object(Buffer line) {
    try {
      return Json.decodeValue(line) instanceof JsonObject object ? object : null;
    } catch (DecodeException notJson) {
      return null;
    }
  }

  /** What a line says; null with a complaint in the fields. */
  @Nullable ImportLine decode(Fields fields) {
    String domain = fields.requiredText("site", HostName.MAXIMUM_LENGTH, "the site's domain");
    if (!domain.isEmpty() && !HostName.canonical(domain).equals(site.domain())) {
      fields.complain("`site` must be the same in all lines; send each site in its own request.");
    }
    String visitor =
        fields.requiredText(
            "visitor", LONGEST_VISITOR, "any text that lines of one visitor have in common");
    Instant at = at(fields);
    ImportedSource source = ImportedSource.read(fields);
    Url url = url(fields);
    Action action = ACTION.action(fields);
    boolean view = action instanceof Action.PageView;
    Action.Engagement engaged = view ? ACTION.engaged(fields) : null;
    String referrer = fields.text("referrer", LONGEST_URL);
    Map<String, String> properties = ACTION.properties(fields);
    Revenue revenue = ACTION.revenue(fields);
    ImportedClient client = clients.read(fields);
    ImportedPlace place = places.read(fields);
    if (fields.complaint() != null || at == null || url == null) {
      return null;
    }
    Beacon beacon =
        new Beacon(
            Dialect.SPORLOS,
            site.domain(),
            source.in(url),
            action,
            referrer,
            properties,
            revenue,
            /* viewportWidth= */ null,
            /* consent= */ null,
            /* driven= */ false,
            /* nonce= */ null,
            Duration.ZERO,
            OnBehalf.NOBODY);
    return new ImportLine(visitor, at, beacon, engaged, client, place, source);
  }

  private @Nullable Instant at(Fields fields) {
    String text =
        fields.requiredText("at", LONGEST_TIME, "a time such as \"2026-03-29T14:05:09+02:00\"");
    if (text.isEmpty()) {
      return null;
    }
    Instant at;
    try {
      at = Moments.parse(text);
    } catch (DateTimeException unreadable) {
      fields.complain("`at` must be a time of RFC 3339 such as \"2026-03-29T14:05:09+02:00\".");
      return null;
    }
    if (at.isAfter(latest)) {
      fields.complain("`at` lies in the future.");
    } else if (LocalDate.ofInstant(at, site.zone()).isBefore(earliest)) {
      fields.complain(
          "`at` lies before %s: totals of this site are kept for %d months (setting totals-kept)."
              .formatted(earliest, site.privacy().totalMonths()));
    }
    return at;
  }

  private @Nullable Url url(Fields fields) {
    String address = fields.text("url", LONGEST_URL);
    String host = fields.text("hostname", HostName.MAXIMUM_LENGTH);
    String path = fields.text("pathname", LONGEST_URL);
    if (address == null && host == null) {
      fields.complain("`url` is missing; send it, or `hostname` and `pathname`.");
      return null;
    }
    String rest = path == null ? "/" : path.startsWith("/") ? path : "/" + path;
    Url url = Url.parse(address == null ? "https://" + host + rest : address);
    if (url == null) {
      fields.complain("`url` must be an absolute http or https address with a host.");
      return null;
    }
    if (!site.hasPagesOn(url.host())) {
      fields.complain(
          "`%s` names a host that is none of the site's; add it: sporlos site set %s hosts …"
              .formatted(address == null ? "hostname" : "url", site.domain()));
    }
    return url;
  }
}
