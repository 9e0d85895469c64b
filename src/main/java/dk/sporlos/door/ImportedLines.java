package dk.sporlos.door;

import dk.sporlos.site.HostName;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteSettings;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one import, judged and cleaned one by one. What is held of a line is what is kept of
 * a hit; who it was is a number that counts the visitors of this import. Confined to one thread at
 * a time.
 */
public final class ImportedLines {

  /** How many lines an import has at most: some sixty megabytes while it goes on. */
  public static final int MOST_LINES = 1_000_000;

  /*
   * Texts are kept once, in tables beside the lines' columns. They are bounded apart, for a request
   * may bring another visitor, page and order number in each line: by a quarter of the heap, since
   * one import goes on at a time.
   */
  private static final long MOST_TEXT_BYTES = Runtime.getRuntime().maxMemory() / 4;

  private static final int OVERHEAD = 120;

  private final Site site;
  private final ImportDecoder decoder;
  private final Sources sources = new Sources();
  private final int mostLines;
  private long roomForTexts;
  private long ofExcludedPages;

  private final Map<String, Integer> visitors = new HashMap<>();
  private final Numbered<Page> pages = new Numbered<>();
  private final Numbered<Action.Event> events = new Numbered<>();
  private final Numbered<Attributes> attributes = new Numbered<>();
  private final Numbered<Said> said = new Numbered<>();
  private final Map<Lead, Source> sourcesByLead = new HashMap<>();
  private final LineColumns lines = new LineColumns();

  /** What a website says of an action. */
  record Said(Map<String, String> properties, @Nullable Revenue revenue) {
    static final Said NOTHING = new Said(Map.of(), null);
  }

  private record Lead(Origin origin, String name, String channel) {}

  /** There are more lines, or more different texts in them, than one import may have. */
  public static final class TooManyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooManyException(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * @param now when the import is made
   */
  public ImportedLines(Site site, Instant now) {
    this(site, now, MOST_LINES, MOST_TEXT_BYTES);
  }

  ImportedLines(Site site, Instant now, int mostLines, long mostTextBytes) {
    this.site = site;
    this.decoder = new ImportDecoder(site, now);
    this.mostLines = mostLines;
    this.roomForTexts = mostTextBytes;
  }

  /**
   * The domain that a line names as its site; null if it names none.
   *
   * @param line one JSON object
   */
  public static @Nullable String domain(Buffer line) {
    JsonObject object = ImportDecoder.object(line);
    return object != null && object.getValue("site") instanceof String text
        ? HostName.canonical(text)
        : null;
  }

  /**
   * Takes a line.
   *
   * @return what keeps it from being one, repeating nothing of its values; null if nothing does
   * @throws TooManyException if there is no room for it
   */
  public @Nullable String add(Buffer line) {
    JsonObject object = ImportDecoder.object(line);
    if (object == null) {
      return "This is not a JSON object in UTF-8; send one object a line.";
    }
    Fields fields = new Fields(object);
    ImportLine read = decoder.decode(fields);
    if (read == null) {
      return fields.complaint();
    }
    if (lines.size() == mostLines) {
      throw new TooManyException(
          String.format(
              Locale.ROOT,
              "An import has at most %,d lines; send fewer days in one request.",
              mostLines));
    }
    add(read);
    return null;
  }

  private void add(ImportLine read) {
    SiteSettings settings = site.settings();
    if (settings.excludedPages().match(Cleaning.path(read.beacon().url(), settings))) {
      ofExcludedPages++;
      return;
    }
    Cleaned cleaned = Cleaning.clean(site, read.beacon());
    Action action = cleaned.action();
    Action.Engagement engaged =
        action instanceof Action.Engagement engagement ? engagement : read.engaged();
    lines.add(
        new LineColumns.Line(
            visitor(read.visitor()),
            read.at().getEpochSecond(),
            number(pages, cleaned.page(), cleaned.page().path().length()),
            actionNumber(action),
            engaged == null ? LineColumns.NONE : Math.toIntExact(engaged.engaged().toMillis()),
            engaged == null || engaged.scroll() == null ? LineColumns.NONE : engaged.scroll(),
            number(attributes, attributes(read, cleaned), 0),
            saidNumber(read, cleaned)));
  }

  private int visitor(String text) {
    int before = visitors.size();
    Integer known = visitors.putIfAbsent(text, before);
    if (known == null) {
      takeRoom(text.length());
      return before;
    }
    return known;
  }

  private int actionNumber(Action action) {
    if (action instanceof Action.Event event) {
      return number(events, event, event.name().length());
    }
    return action instanceof Action.PageView ? LineColumns.PAGE_VIEW : LineColumns.ENGAGEMENT;
  }

  private int saidNumber(ImportLine read, Cleaned cleaned) {
    boolean engagement = cleaned.action() instanceof Action.Engagement;
    Revenue revenue = engagement ? null : read.beacon().revenue();
    if (cleaned.properties().isEmpty() && revenue == null) {
      return LineColumns.NONE;
    }
    int length = 0;
    for (Map.Entry<String, String> property : cleaned.properties().entrySet()) {
      length += OVERHEAD + property.getKey().length() + property.getValue().length();
    }
    return number(said, new Said(cleaned.properties(), revenue), length);
  }

  private <T> int number(Numbered<T> things, T thing, int length) {
    int before = things.size();
    int number = things.number(thing);
    if (number == before) {
      takeRoom(length);
    }
    return number;
  }

  private void takeRoom(int length) {
    roomForTexts -= OVERHEAD + 2L * length;
    if (roomForTexts < 0) {
      throw new TooManyException(
          "The lines have too many different visitors, pages and properties for one import;"
              + " send fewer days in one request.");
    }
  }

  private Attributes attributes(ImportLine read, Cleaned cleaned) {
    return new Attributes(
        read.client().client(),
        read.place().place(site.privacy().place()),
        source(read.source(), cleaned.origin()),
        cleaned.origin().campaign());
  }

  /** What the line names goes before what referrer and address say. */
  private Source source(ImportedSource named, Origin origin) {
    return sourcesByLead.computeIfAbsent(
        new Lead(origin, new Traces().replaceAll(named.name()), named.channel()), this::source);
  }

  private Source source(Lead lead) {
    Source source = sources.source(site, lead.name().isEmpty() ? lead.origin() : tagged(lead));
    return lead.channel().isEmpty()
        ? source
        : new Source(lead.channel(), source.name(), source.host(), source.path());
  }

  /** The origin as if the campaign's tag said the source. */
  private static Origin tagged(Lead lead) {
    Origin origin = lead.origin();
    Campaign campaign = origin.campaign() == null ? Campaign.NONE : origin.campaign();
    return new Origin(
        origin.host(),
        origin.path(),
        new Campaign(
            lead.name(), campaign.medium(), campaign.name(), campaign.content(), campaign.term()),
        origin.clickId());
  }

  /** How many lines there are that count. */
  public int size() {
    return lines.size();
  }

  /** How many lines do not count, as the site excludes their pages. */
  public long ofExcludedPages() {
    return ofExcludedPages;
  }

  /** The visits that the lines make. No line can be added any more. */
  public ImportedVisits visits(SecureRandom random) {
    LineOrder order = new LineOrder(lines, visitors.size());
    visitors.clear();
    return new ImportedVisits(this, order, random);
  }

  Site site() {
    return site;
  }

  LineColumns columns() {
    return lines;
  }

  Page page(LineColumns.Line line) {
    return pages.get(line.page());
  }

  Attributes attributes(LineColumns.Line line) {
    return attributes.get(line.attributes());
  }

  Said said(LineColumns.Line line) {
    return line.said() == LineColumns.NONE ? Said.NOTHING : said.get(line.said());
  }

  Action action(LineColumns.Line line) {
    return switch (line.action()) {
      case LineColumns.PAGE_VIEW -> new Action.PageView();
      case LineColumns.ENGAGEMENT -> engagement(line);
      default -> events.get(line.action());
    };
  }

  /** What the line says of how its page was looked at. */
  static Action.Engagement engagement(LineColumns.Line line) {
    return new Action.Engagement(
        Duration.ofMillis(Math.max(line.engaged(), 0)),
        line.scroll() == LineColumns.NONE ? null : line.scroll());
  }
}
