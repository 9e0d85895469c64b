package dk.sporlos.door;

import dk.sporlos.door.Check.Arrival;
import dk.sporlos.door.Check.Vouching;
import dk.sporlos.http.Bearer;
import dk.sporlos.site.Dialect;
import dk.sporlos.site.Signals;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteDirectory;
import dk.sporlos.site.SiteSettings;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges beacons: which count, and as what. The only code that looks at where a request comes from,
 * what it was sent with and what cookies it brings; nothing of that is in a {@link Verdict}.
 */
public final class Door {
  /** Dialects in which trackers in browsers say nothing of their visitors. */
  private static final Set<Dialect> ONLY_SERVERS_SAY = Set.of(Dialect.SPORLOS, Dialect.GOATCOUNTER);

  private static final Duration OLDEST = Duration.ofMinutes(10);

  private final SiteDirectory sites;
  private final TrustedProxies proxies;
  private final ProxyUse proxyUse;
  private final Limits limits;
  private final Deliveries deliveries;
  private final Recognition recognition;
  private final Enrichment enrichment;
  private final SenderTokens tokens;
  private final Clock clock;

  /** The first that holds is why a beacon is not counted. */
  private final List<Check> checks;

  public Door(
      SiteDirectory sites,
      TrustedProxies proxies,
      Bots bots,
      Limits limits,
      Deliveries deliveries,
      Recognition recognition,
      Enrichment enrichment,
      SenderTokens tokens,
      Clock clock) {
    this.sites = sites;
    this.proxies = proxies;
    this.proxyUse = new ProxyUse(proxies, clock);
    this.limits = limits;
    this.deliveries = deliveries;
    this.recognition = recognition;
    this.enrichment = enrichment;
    this.tokens = tokens;
    this.clock = clock;
    SpamHosts spamHosts = SpamHosts.shipped();
    this.checks =
        List.of(
            Check.when(
                Reason.DIALECT_OFF,
                arrival ->
                    !arrival.site().settings().dialects().include(arrival.beacon().dialect())),
            Check.when(Reason.NO_TOKEN, arrival -> arrival.vouching() == Vouching.LACKING),
            Check.when(
                Reason.HOST, arrival -> !arrival.site().hasPagesOn(arrival.beacon().url().host())),
            Check.when(Reason.PREFETCH, arrival -> arrival.sender().prefetches()),
            Check.when(Reason.OPTED_OUT, Door::objects),
            Check.when(Reason.EXCLUDED_PAGE, Door::isExcludedPage),
            Check.when(Reason.EXCLUDED_NETWORK, Door::isFromExcludedNetwork),
            new Check(Reason.SPAM, arrival -> spamHosts.among(arrival.beacon().referrer())),
            new Check(
                Reason.BOT,
                arrival ->
                    arrival.isVouchedFor()
                        ? bots.findingOnBehalf(arrival.sender())
                        : bots.finding(arrival.beacon(), arrival.sender())),
            Check.when(Reason.TOO_OLD, arrival -> arrival.beacon().age().compareTo(OLDEST) > 0),
            Check.when(
                Reason.RATE_LIMITED,
                arrival -> limits.ofAddress().exceededBy(arrival.sender().address())),
            Check.when(Reason.SITE_RATE, arrival -> limits.ofSite().rateExceededBy(arrival.site())),
            Check.when(
                Reason.SITE_QUOTA, arrival -> limits.ofSite().quotaExceededBy(arrival.site())));
  }

  /** Whether proxies say for whom they ask. */
  public ProxyUse proxyUse() {
    return proxyUse;
  }

  /**
   * Judges a beacon that came as a body. Fails only if the site cannot be looked up.
   *
   * @param body all of it, of a size that the caller has limited
   */
  public Future<Verdict> judge(HttpServerRequest request, Buffer body) {
    return judge(request, BeaconDecoder.decode(body));
  }

  /**
   * Judges what came in the dialect of another product. Fails only if something cannot be looked
   * up.
   *
   * @param body all of it, of a size that the caller has limited
   */
  public Future<Judged> judge(Dialect dialect, HttpServerRequest request, Buffer body) {
    Message message = DialectDecoder.of(dialect).decode(Sent.of(request, body));
    List<Future<Verdict>> verdicts =
        message.items().stream().map(item -> judge(request, item)).toList();
    return Future.join(verdicts)
        .map(
            all ->
                new Judged(
                    verdicts.stream().map(Future::result).toList(),
                    message.bulk(),
                    message.quiet()));
  }

  /** Judges a beacon that came as a query. Fails only if the site cannot be looked up. */
  public Future<Verdict> judgeQuery(HttpServerRequest request) {
    MultiMap parameters;
    try {
      parameters = request.params();
    } catch (IllegalArgumentException undecodable) {
      return Future.succeededFuture(
          new Verdict.Malformed("", "The query cannot be decoded; percent-encode it as UTF-8."));
    }
    return judge(request, BeaconDecoder.decode(parameters));
  }

  private Future<Verdict> judge(HttpServerRequest request, Decoded decoded) {
    if (decoded instanceof Decoded.Unreadable unreadable) {
      return Future.succeededFuture(
          new Verdict.Malformed(unreadable.subject(), unreadable.detail()));
    }
    if (decoded instanceof Decoded.Uncounted uncounted) {
      return sites
          .named(uncounted.dialect(), uncounted.site())
          .map(site -> dropUncounted(site, uncounted.dialect()));
    }
    Beacon beacon = (Beacon) decoded;
    Sender sender = Sender.of(request, proxies);
    Forwarding forwarding = Forwarding.of(request, proxies);
    return sites
        .named(beacon.dialect(), beacon.site())
        .compose(site -> site == null ? unknown() : judge(request, site, beacon, sender))
        .onSuccess(verdict -> observe(verdict, sender, forwarding));
  }

  private static Verdict dropUncounted(@Nullable Site site, Dialect dialect) {
    if (site == null) {
      return new Verdict.Dropped(null, Reason.UNKNOWN_SITE, "");
    }
    boolean taken = site.settings().dialects().include(dialect);
    return new Verdict.Dropped(site, taken ? Reason.UNCOUNTED : Reason.DIALECT_OFF, "");
  }

  private static Future<Verdict> unknown() {
    return Future.succeededFuture(new Verdict.Dropped(null, Reason.UNKNOWN_SITE, ""));
  }

  private Future<Verdict> judge(
      HttpServerRequest request, Site site, Beacon beacon, Sender sender) {
    return vouching(request, site, beacon)
        .map(
            vouching -> {
              boolean given = vouching == Vouching.GIVEN;
              Duration age = given ? age(beacon) : beacon.age();
              return judge(
                  request,
                  new Arrival(
                      site,
                      beacon.with(beacon.url().on(site.domain()), age),
                      given ? sender.speakingFor(beacon.onBehalf()) : sender,
                      vouching));
            });
  }

  /*
   * Where trackers in browsers say it too, what comes without a token is passed over. Where only
   * servers do, they shall hear that nobody listens.
   */
  private Future<Vouching> vouching(HttpServerRequest request, Site site, Beacon beacon) {
    OnBehalf visitor = beacon.onBehalf();
    boolean must = ONLY_SERVERS_SAY.contains(beacon.dialect());
    String token = visitor.token() == null ? Bearer.token(request) : visitor.token();
    if (!visitor.names() || (token == null && !must)) {
      return Future.succeededFuture(Vouching.NONE);
    }
    return token == null
        ? Future.succeededFuture(Vouching.LACKING)
        : tokens.maySend(token, site).map(may -> may ? Vouching.GIVEN : Vouching.LACKING);
  }

  private Duration age(Beacon beacon) {
    Instant at = beacon.onBehalf().at();
    if (at == null) {
      return beacon.age();
    }
    Duration age = Duration.between(at, clock.instant());
    return age.isNegative() ? Duration.ZERO : age;
  }

  /** Bots and the like may well come from one address. */
  private void observe(Verdict verdict, Sender sender, Forwarding forwarding) {
    if (verdict instanceof Verdict.Accepted) {
      limits.largestSender().observe(sender.address(), forwarding == Forwarding.UNBELIEVED);
      proxyUse.observe(forwarding);
    }
  }

  private Verdict judge(HttpServerRequest request, Arrival arrival) {
    Site site = arrival.site();
    AllowedOrigin.allow(request, site);
    for (Check check : checks) {
      String detail = check.finding().apply(arrival);
      if (detail != null) {
        return new Verdict.Dropped(site, check.reason(), detail);
      }
    }
    Deliveries.Entry entry = deliveries.enter(site.id(), arrival.beacon().nonce());
    if (entry instanceof Deliveries.Entry.Again again) {
      return new Verdict.Repeated(site, again.earlier());
    }
    Delivery delivery = ((Deliveries.Entry.First) entry).delivery();
    try {
      return recognise(arrival, delivery, request.response());
    } catch (RuntimeException failure) {
      delivery.failed(failure);
      throw failure;
    }
  }

  private static boolean objects(Arrival arrival) {
    Sender sender = arrival.sender();
    return (sender.objects() && arrival.site().privacy().signals() == Signals.OBEY)
        || sender.cookies().object();
  }

  private static boolean isFromExcludedNetwork(Arrival arrival) {
    return arrival.sender().address().isInAny(arrival.site().settings().excludedNetworks());
  }

  private Verdict recognise(Arrival arrival, Delivery delivery, HttpServerResponse response) {
    Site site = arrival.site();
    Beacon beacon = arrival.beacon();
    Cleaned cleaned = Cleaning.clean(site, beacon);
    Instant now = clock.instant();
    Instant at = now.minus(beacon.age()).truncatedTo(ChronoUnit.SECONDS);
    if (cleaned.action() instanceof Action.Vitals vitals) {
      return accepted(arrival, ofNobody(arrival, vitals, cleaned, at), cleaned, delivery);
    }
    Identity identity =
        Identity.of(
            site,
            arrival.sender(),
            // A server that speaks for a visitor has no use for their cookie.
            arrival.isVouchedFor() ? Boolean.FALSE : beacon.consent(),
            LocalDate.ofInstant(now, site.zone()));
    Cookies cookies = arrival.sender().cookies();
    String taken = identity.strays() ? cookies.remove(site) : null;
    if (identity.isUnknowable()) {
      return accepted(
          arrival, withoutVisit(arrival, cleaned, at), cleaned, with(delivery, response, taken));
    }
    Recognised recognised =
        recognition.recognise(site, identity, cleaned.page(), cleaned.action(), at);
    if (recognised == null) {
      with(delivery, response, taken).done();
      return new Verdict.Dropped(site, Reason.NO_OPEN_VISIT, "");
    }
    VisitorCookie given = recognised.given();
    String setCookie =
        given == null
            ? taken
            : cookies.set(site, given, given.maxAge(now, site.zone(), site.privacy()));
    OpenVisit introduced = recognised.introduced();
    Delivery whole = with(delivery, response, setCookie);
    return accepted(
        arrival,
        hit(arrival, recognised, cleaned),
        cleaned,
        introduced == null ? whole : new Opening(whole, introduced));
  }

  private static Delivery with(
      Delivery delivery, HttpServerResponse response, @Nullable String setCookie) {
    return setCookie == null ? delivery : new GivingCookie(delivery, response, setCookie);
  }

  private static Verdict accepted(Arrival arrival, Hit hit, Cleaned cleaned, Delivery delivery) {
    return new Verdict.Accepted(arrival.site(), hit, cleaned.traces(), delivery);
  }

  /** Who sent it is not asked: no visit has it, and no cookie is given or taken. */
  private Hit ofNobody(Arrival arrival, Action.Vitals vitals, Cleaned cleaned, Instant at) {
    return new Hit(
        arrival.site().id(),
        /* visit= */ 0,
        /* visitor= */ 0,
        at,
        /* step= */ 0,
        cleaned.page(),
        vitals.on(enrichment.device(arrival.sender())),
        /* attributes= */ null,
        Map.of(),
        /* revenue= */ null,
        /* byCookie= */ false);
  }

  /** What is known of it all is known of the hit alone. */
  private Hit withoutVisit(Arrival arrival, Cleaned cleaned, Instant at) {
    boolean engagement = cleaned.action() instanceof Action.Engagement;
    return new Hit(
        arrival.site().id(),
        /* visit= */ 0,
        /* visitor= */ 0,
        at,
        /* step= */ 0,
        cleaned.page(),
        cleaned.action(),
        engagement ? null : attributes(arrival, cleaned),
        cleaned.properties(),
        engagement ? null : arrival.beacon().revenue(),
        /* byCookie= */ false);
  }

  private Attributes attributes(Arrival arrival, Cleaned cleaned) {
    return enrichment.attributes(
        arrival.site(), arrival.sender(), arrival.beacon(), cleaned.origin());
  }

  private static boolean isExcludedPage(Arrival arrival) {
    SiteSettings settings = arrival.site().settings();
    return !settings.excludedPages().patterns().isEmpty()
        && settings.excludedPages().match(Cleaning.path(arrival.beacon().url(), settings));
  }

  private Hit hit(Arrival arrival, Recognised recognised, Cleaned cleaned) {
    boolean engagement = cleaned.action() instanceof Action.Engagement;
    return new Hit(
        arrival.site().id(),
        recognised.visit(),
        recognised.visitor(),
        recognised.at(),
        recognised.step(),
        cleaned.page(),
        cleaned.action(),
        recognised.opens() ? attributes(arrival, cleaned) : null,
        cleaned.properties(),
        engagement ? null : arrival.beacon().revenue(),
        recognised.byCookie());
  }
}
