package dk.sporlos.door;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What led to a visit, as a line of an import says it beside referrer and address.
 *
 * @param name of the source, as in {@code Google}; empty where the line says nothing
 * @param channel as {@link Channel} labels it; empty likewise
 * @param query the campaign as a query of an address would name it; empty likewise
 */
record ImportedSource(String name, String channel, String query) {
  private static final List<String> CAMPAIGN_KEYS =
      List.of("utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term");
  private static final int LONGEST = 300;

  /** Reads the keys of a line. */
  static ImportedSource read(Fields fields) {
    List<String> pairs = new ArrayList<>();
    for (String key : CAMPAIGN_KEYS) {
      String value = text(fields, key);
      if (!value.isEmpty()) {
        pairs.add(key + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
      }
    }
    return new ImportedSource(text(fields, "source"), channel(fields), String.join("&", pairs));
  }

  /** An address with this campaign, which goes before that of its own. */
  Url in(Url url) {
    if (query.isEmpty()) {
      return url;
    }
    String whole = url.query() == null ? query : query + "&" + url.query();
    return new Url(url.host(), url.path(), whole, url.fragment());
  }

  private static String text(Fields fields, String key) {
    @Nullable String text = fields.text(key, LONGEST);
    return text == null ? "" : PlainText.of(text).strip();
  }

  private static String channel(Fields fields) {
    String text = text(fields, "channel");
    for (Channel channel : Channel.values()) {
      if (channel.label().equalsIgnoreCase(text)) {
        return channel.label();
      }
    }
    if (!text.isEmpty()) {
      fields.complain(
          Stream.of(Channel.values())
              .map(Channel::label)
              .collect(Collectors.joining(", ", "`channel` must be one of ", ".")));
    }
    return "";
  }
}
