package dk.sporlos.bench;

import dk.sporlos.bench.Agents.Agent;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Beacons as many visitors of a few sites send them: page views, engagements and custom events, in
 * the order of each visit, the visits mixed.
 *
 * <p>The same seed gives the same beacons, but for their nonces. Confined to one thread.
 */
public final class Traffic {

  /*
   * A visit has three views in the mean, each followed by an engagement in seven cases of ten and by
   * an event in one of ten. Addresses are of 200,000 networks, pages are 10,000 a site; both have
   * the long tail that such things have.
   */
  private static final int PAGES = 10_000;
  private static final int NETWORKS = 200_000;
  private static final double ANOTHER_VIEW = 2.0 / 3;
  private static final double ENGAGES = 0.7;
  private static final double ACTS = 0.1;
  private static final double REFERRED = 0.5;
  private static final double SIX = 0.2;

  private static final String[] LANGUAGES = {
    "da-DK,da;q=0.9,en-US;q=0.8,en;q=0.7", "en-US,en;q=0.9", "de-DE,de;q=0.9,en;q=0.8",
    "sv-SE,sv;q=0.9,en;q=0.8", "en-GB,en;q=0.9", "nb-NO,nb;q=0.9,no;q=0.8,en;q=0.6",
    "fr-FR,fr;q=0.9,en;q=0.8", "pl-PL,pl;q=0.9,en;q=0.8"
  };

  private static final String[] REFERRERS = {
    "https://www.google.com/", "https://www.bing.com/", "https://duckduckgo.com/",
    "https://www.facebook.com/", "https://www.linkedin.com/feed/", "https://t.co/aBcDeF",
    "https://news.ycombinator.com/item", "https://chatgpt.com/",
        "https://www.dr.dk/nyheder/indland",
    "https://www.version2.dk/artikel/maaling-uden-spor", "https://www.reddit.com/r/Denmark/"
  };

  private static final String[] CAMPAIGNS = {
    "?utm_source=newsletter&utm_medium=email&utm_campaign=november",
    "?utm_source=google&utm_medium=cpc&utm_campaign=brand&utm_term=sporl%C3%B8s",
    "?utm_source=facebook&utm_medium=paid_social&utm_campaign=efteraar",
    "?ref=partner"
  };

  private static final String[] WORDS = {
    "guide",
    "begynd",
    "pris",
    "produkt",
    "artikel",
    "arbejde",
    "forsikring",
    "hus",
    "bil",
    "rejse",
    "opskrift",
    "vejr",
    "sport",
    "kultur",
    "hjaelp",
    "kontakt",
    "maaling",
    "statistik",
    "cookie",
    "privatliv"
  };

  private static final String[] EVENTS = {"Signup", "Download", "Search", "Køb", "Video"};

  private final Random random;
  private final Agents agents;
  private final List<String> sites;
  private final Visitor[] visitors;
  private final Zipf siteChoice;
  private final Zipf pageChoice = Zipf.of(PAGES);
  private final Zipf networkChoice = Zipf.of(NETWORKS);
  private final int firstNetwork;

  /**
   * @param concurrent how many visits go on at a time
   */
  public Traffic(long seed, Agents agents, List<String> sites, int concurrent) {
    this.random = new Random(seed);
    this.agents = agents;
    this.sites = sites;
    this.siteChoice = Zipf.of(sites.size());
    this.firstNetwork = random.nextInt();
    this.visitors = new Visitor[concurrent];
    for (int i = 0; i < concurrent; i++) {
      visitors[i] = arrive();
    }
  }

  /** One request. Its arrays are its own and no copies: whoever sends it is in a hurry. */
  public static final class Request {
    private final Map<String, String> headers;
    private final byte[] head;
    private final byte[] body;
    private final int nonceAt;

    private Request(Map<String, String> headers, byte[] head, byte[] body, int nonceAt) {
      this.headers = headers;
      this.head = head;
      this.body = body;
      this.nonceAt = nonceAt;
    }

    /** In the order in which a browser sends them, without Content-Length. */
    public Map<String, String> headers() {
      return headers;
    }

    /** The headers as bytes, with the request's first line before them. */
    byte[] head() {
      return head;
    }

    /** One JSON object. */
    public byte[] body() {
      return body;
    }

    /** Gives the body another nonce. */
    public void renew(long nonce) {
      writeNonce(body, nonceAt, nonce);
    }
  }

  private enum Next {
    VIEW,
    ENGAGEMENT,
    EVENT
  }

  private static final class Visitor {
    private final String site;
    private final Map<String, String> headers;
    private final byte[] head;
    private final int width;
    private String referrer;
    private String page = "";
    private Next next = Next.VIEW;

    Visitor(String site, Map<String, String> headers, int width, String referrer) {
      this.site = site;
      this.headers = headers;
      this.width = width;
      this.referrer = referrer;
      StringBuilder lines = new StringBuilder("POST /b HTTP/1.1\r\n");
      headers.forEach(
          (name, value) -> lines.append(name).append(": ").append(value).append("\r\n"));
      this.head = lines.toString().getBytes(StandardCharsets.US_ASCII);
    }
  }

  /** The next request of some visitor. */
  public Request next() {
    int place = random.nextInt(visitors.length);
    Visitor visitor = visitors[place];
    Request request = request(visitor);
    if (!goesOn(visitor)) {
      visitors[place] = arrive();
    }
    return request;
  }

  private boolean goesOn(Visitor visitor) {
    if (visitor.next == Next.VIEW && random.nextDouble() < ACTS) {
      visitor.next = Next.EVENT;
    } else if (visitor.next != Next.ENGAGEMENT && random.nextDouble() < ENGAGES) {
      visitor.next = Next.ENGAGEMENT;
    } else {
      visitor.next = Next.VIEW;
      return random.nextDouble() < ANOTHER_VIEW;
    }
    return true;
  }

  private Request request(Visitor visitor) {
    StringBuilder body = new StringBuilder(256);
    body.append("{\"v\":1,\"d\":\"").append(visitor.site).append("\",\"n\":\"");
    switch (visitor.next) {
      case VIEW -> {
        visitor.page = "https://" + visitor.site + path(pageChoice.draw(random));
        body.append("pageview\",\"u\":\"").append(visitor.page);
        if (visitor.referrer.startsWith("?")) {
          body.append(visitor.referrer).append("\",\"r\":\"");
        } else {
          body.append("\",\"r\":\"").append(visitor.referrer);
        }
        visitor.referrer = "";
        body.append("\",\"w\":").append(visitor.width);
      }
      case ENGAGEMENT ->
          body.append("engagement\",\"u\":\"")
              .append(visitor.page)
              .append("\",\"e\":")
              .append(500 + random.nextInt(60_000))
              .append(",\"sd\":")
              .append(random.nextInt(101));
      case EVENT ->
          body.append(EVENTS[random.nextInt(EVENTS.length)])
              .append("\",\"u\":\"")
              .append(visitor.page)
              .append("\",\"p\":{\"plan\":\"yearly\",\"seats\":")
              .append(1 + random.nextInt(9))
              .append(",\"trial\":false}");
    }
    body.append(",\"k\":\"");
    String before = body.toString();
    byte[] bytes = (before + "0000000000000000\"}").getBytes(StandardCharsets.UTF_8);
    int nonceAt = bytes.length - 18;
    writeNonce(bytes, nonceAt, random.nextLong());
    return new Request(visitor.headers, visitor.head, bytes, nonceAt);
  }

  private static void writeNonce(byte[] body, int at, long nonce) {
    for (int i = 0; i < 16; i++) {
      body[at + i] = (byte) "0123456789abcdef".charAt((int) (nonce >>> (4 * i)) & 15);
    }
  }

  private Visitor arrive() {
    String site = sites.get(siteChoice.draw(random));
    Agent agent = agents.draw(random);
    boolean chromium = agent.text().contains("Chrome/");
    boolean mobile = agent.text().contains("Mobile");
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Host", "stats." + site);
    headers.put("Connection", "keep-alive");
    if (chromium) {
      String version = version(agent.text());
      headers.put(
          "sec-ch-ua",
          "\"Chromium\";v=\"%1$s\", \"Google Chrome\";v=\"%1$s\", \"Not?A_Brand\";v=\"24\""
              .formatted(version));
      headers.put("sec-ch-ua-mobile", mobile ? "?1" : "?0");
      headers.put("sec-ch-ua-platform", platform(agent.text()));
    }
    headers.put("User-Agent", agent.text());
    headers.put("Content-Type", "text/plain;charset=UTF-8");
    headers.put("Accept", "*/*");
    headers.put("Origin", "https://" + site);
    headers.put("Sec-Fetch-Site", "same-site");
    headers.put("Sec-Fetch-Mode", "cors");
    headers.put("Sec-Fetch-Dest", "empty");
    headers.put("Referer", "https://" + site + "/");
    headers.put("Accept-Encoding", "gzip, deflate, br, zstd");
    headers.put("Accept-Language", LANGUAGES[random.nextInt(LANGUAGES.length)]);
    headers.put("X-Forwarded-For", address());
    headers.put("X-Forwarded-Proto", "https");
    return new Visitor(site, headers, agent.width(), referrer());
  }

  private static String version(String agent) {
    int from = agent.indexOf("Chrome/") + "Chrome/".length();
    return agent.substring(from, agent.indexOf('.', from));
  }

  private static String platform(String agent) {
    if (agent.contains("Android")) {
      return "\"Android\"";
    }
    return agent.contains("Windows")
        ? "\"Windows\""
        : agent.contains("Mac OS X") ? "\"macOS\"" : "\"Linux\"";
  }

  private String referrer() {
    if (random.nextDouble() >= REFERRED) {
      return "";
    }
    int chosen = random.nextInt(REFERRERS.length + CAMPAIGNS.length);
    return chosen < REFERRERS.length ? REFERRERS[chosen] : CAMPAIGNS[chosen - REFERRERS.length];
  }

  /** Some public address: the network is one of many, the host any within it. */
  private String address() {
    int network = (firstNetwork + networkChoice.draw(random)) * 0x9E3779B1;
    if (random.nextDouble() < SIX) {
      return String.format(
          Locale.ROOT,
          "2a02:%x:%x:%x::%x",
          network >>> 16,
          network & 0xffff,
          random.nextInt(16),
          1 + random.nextInt(60_000));
    }
    int first = 11 + Math.floorMod(network >>> 24, 110);
    return first
        + "."
        + ((network >>> 16) & 0xff)
        + "."
        + ((network >>> 8) & 0xff)
        + "."
        + (1 + random.nextInt(254));
  }

  /** The path of a page, as a person would write it. */
  static String path(int page) {
    String word = WORDS[page % WORDS.length];
    String other = WORDS[page / WORDS.length % WORDS.length];
    return page == 0 ? "/" : "/" + word + "/" + other + "-" + page / 400;
  }

  /** How many pages a site has. */
  static int pages() {
    return PAGES;
  }
}
