package dk.sporlos.spool;

import dk.sporlos.door.Action;
import dk.sporlos.door.Attributes;
import dk.sporlos.door.Campaign;
import dk.sporlos.door.Client;
import dk.sporlos.door.Hit;
import dk.sporlos.door.Page;
import dk.sporlos.door.Place;
import dk.sporlos.door.Revenue;
import dk.sporlos.door.Source;
import dk.sporlos.door.Vital;
import dk.sporlos.site.SiteId;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Hits as bytes: a version, how many there are, and each hit by its content. Numbers are
 * big-endian, texts are UTF-8 after their length.
 */
public final class HitFormat {
  private static final int VERSION = 1;

  private static final int PAGE_VIEW = 0;
  private static final int EVENT = 1;
  private static final int ENGAGEMENT = 2;
  private static final int VITALS = 3;

  /** In place of the number of a bucket. */
  private static final int NO_BUCKET = -1;

  private static final int BY_COOKIE = 1;
  private static final int HAS_ATTRIBUTES = 2;
  private static final int HAS_CAMPAIGN = 4;
  private static final int HAS_REVENUE = 8;
  private static final int INTERACTIVE = 16;

  private static final int NO_SCROLL = -1;

  /** No hit takes less; so many at most can be in as many bytes. */
  private static final int LEAST_BYTES = 40;

  private HitFormat() {}

  /** The bytes of hits. */
  public static byte[] write(List<Hit> hits) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(hits.size() * 200);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeInt(hits.size());
      for (Hit hit : hits) {
        write(hit, out);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static void write(Hit hit, DataOutputStream out) throws IOException {
    out.writeByte(flags(hit));
    out.writeInt(hit.site().value());
    out.writeLong(hit.visit());
    out.writeLong(hit.visitor());
    out.writeLong(hit.at().getEpochSecond());
    out.writeInt(hit.step());
    text(hit.page().host(), out);
    text(hit.page().path(), out);
    write(hit.action(), out);
    if (hit.attributes() != null) {
      write(hit.attributes(), out);
    }
    out.writeShort(hit.properties().size());
    for (Map.Entry<String, String> property : hit.properties().entrySet()) {
      text(property.getKey(), out);
      text(property.getValue(), out);
    }
    if (hit.revenue() != null) {
      text(hit.revenue().amount().toString(), out);
      text(hit.revenue().currency(), out);
    }
  }

  private static int flags(Hit hit) {
    int flags = hit.byCookie() ? BY_COOKIE : 0;
    if (hit.attributes() != null) {
      flags |= HAS_ATTRIBUTES | (hit.attributes().campaign() == null ? 0 : HAS_CAMPAIGN);
    }
    flags |= hit.revenue() == null ? 0 : HAS_REVENUE;
    return flags
        | (hit.action() instanceof Action.Event event && event.interactive() ? INTERACTIVE : 0);
  }

  private static void write(Action action, DataOutputStream out) throws IOException {
    if (action instanceof Action.Event event) {
      out.writeByte(EVENT);
      text(event.name(), out);
    } else if (action instanceof Action.Engagement engagement) {
      out.writeByte(ENGAGEMENT);
      out.writeLong(engagement.engaged().toMillis());
      out.writeByte(engagement.scroll() == null ? NO_SCROLL : engagement.scroll());
    } else if (action instanceof Action.Vitals vitals) {
      out.writeByte(VITALS);
      for (Vital vital : Vital.values()) {
        out.writeByte(vitals.buckets().getOrDefault(vital, NO_BUCKET));
      }
      text(vitals.device(), out);
    } else {
      out.writeByte(PAGE_VIEW);
    }
  }

  private static void write(Attributes attributes, DataOutputStream out) throws IOException {
    Client client = attributes.client();
    text(client.browser(), out);
    text(client.browserVersion(), out);
    text(client.os(), out);
    text(client.osVersion(), out);
    text(client.device(), out);
    text(client.screen(), out);
    text(client.language(), out);
    Place place = attributes.place();
    text(place.country(), out);
    text(place.region(), out);
    text(place.city(), out);
    Source source = attributes.source();
    text(source.channel(), out);
    text(source.name(), out);
    text(source.host(), out);
    text(source.path(), out);
    Campaign campaign = attributes.campaign();
    if (campaign != null) {
      text(campaign.source(), out);
      text(campaign.medium(), out);
      text(campaign.name(), out);
      text(campaign.content(), out);
      text(campaign.term(), out);
    }
  }

  private static void text(String text, DataOutputStream out) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /**
   * The hits that bytes are of.
   *
   * @throws DamagedException if they are of none, or of a version that is not known
   */
  public static List<Hit> read(byte[] bytes) throws DamagedException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      int version = in.get();
      if (version != VERSION) {
        throw new DamagedException("hits in an unknown version of the format: " + version);
      }
      int count = in.getInt();
      if (count < 0 || count > in.remaining() / LEAST_BYTES) {
        throw new DamagedException("more hits than fit into their bytes");
      }
      List<Hit> hits = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        hits.add(hit(in));
      }
      return hits;
    } catch (BufferUnderflowException
        | ArithmeticException
        | DateTimeException
        | NumberFormatException unreadable) {
      throw new DamagedException("bytes that are no hits");
    }
  }

  private static Hit hit(ByteBuffer in) throws DamagedException {
    int flags = in.get();
    SiteId site = new SiteId(in.getInt());
    long visit = in.getLong();
    long visitor = in.getLong();
    Instant at = Instant.ofEpochSecond(in.getLong());
    int step = in.getInt();
    Page page = new Page(text(in), text(in));
    Action action = action(in, flags);
    Attributes attributes = (flags & HAS_ATTRIBUTES) == 0 ? null : attributes(in, flags);
    Map<String, String> properties = properties(in);
    Revenue revenue =
        (flags & HAS_REVENUE) == 0 ? null : new Revenue(new BigDecimal(text(in)), text(in));
    return new Hit(
        site,
        visit,
        visitor,
        at,
        step,
        page,
        action,
        attributes,
        properties,
        revenue,
        (flags & BY_COOKIE) != 0);
  }

  private static Action action(ByteBuffer in, int flags) throws DamagedException {
    int kind = in.get();
    return switch (kind) {
      case PAGE_VIEW -> new Action.PageView();
      case EVENT -> new Action.Event(text(in), (flags & INTERACTIVE) != 0);
      case ENGAGEMENT -> new Action.Engagement(Duration.ofMillis(in.getLong()), scroll(in.get()));
      case VITALS -> new Action.Vitals(buckets(in), text(in));
      default -> throw new DamagedException("an action of unknown kind: " + kind);
    };
  }

  private static Map<Vital, Integer> buckets(ByteBuffer in) {
    Map<Vital, Integer> buckets = new EnumMap<>(Vital.class);
    for (Vital vital : Vital.values()) {
      int bucket = in.get();
      if (bucket != NO_BUCKET) {
        buckets.put(vital, bucket);
      }
    }
    return buckets;
  }

  private static @Nullable Integer scroll(int percent) {
    return percent == NO_SCROLL ? null : Integer.valueOf(percent);
  }

  private static Attributes attributes(ByteBuffer in, int flags) throws DamagedException {
    Client client =
        new Client(text(in), text(in), text(in), text(in), text(in), text(in), text(in));
    Place place = new Place(text(in), text(in), text(in));
    Source source = new Source(text(in), text(in), text(in), text(in));
    Campaign campaign =
        (flags & HAS_CAMPAIGN) == 0
            ? null
            : new Campaign(text(in), text(in), text(in), text(in), text(in));
    return new Attributes(client, place, source, campaign);
  }

  private static Map<String, String> properties(ByteBuffer in) throws DamagedException {
    int count = Short.toUnsignedInt(in.getShort());
    Map<String, String> properties = new HashMap<>();
    for (int i = 0; i < count; i++) {
      String name = text(in);
      properties.put(name, text(in));
    }
    return properties;
  }

  private static String text(ByteBuffer in) throws DamagedException {
    int length = in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new DamagedException("a text longer than its bytes");
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
