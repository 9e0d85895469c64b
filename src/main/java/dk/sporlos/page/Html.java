package dk.sporlos.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A piece of a page. Every text in it is escaped, and no style and no script but a file of this
 * host can be in it, since there is no other way to make one.
 */
public final class Html {

  /** Nothing. */
  public static final Html NONE = new Html("");

  private static final Set<String> WITHOUT_CONTENT = Set.of("br", "img", "input", "link", "meta");
  private static final Set<String> ACTIVE = Set.of("script", "style", "iframe", "object", "embed");
  private static final Set<String> ADDRESSES = Set.of("href", "action", "src");
  private static final List<String> HARMLESS =
      List.of("/", "?", "#", "https://", "http://", "mailto:");

  /** Attributes of an element, in the order in which they were said. */
  public static final class Attributes {
    private final Map<String, String> byName = new LinkedHashMap<>();

    private Attributes() {}

    /**
     * Says one more.
     *
     * @throws IllegalArgumentException if the attribute is code, or leads to code
     */
    public Attributes and(String name, String value) {
      if (!name.matches("[a-z-]+") || name.startsWith("on") || name.equals("style")) {
        throw new IllegalArgumentException("no attribute of ours: " + name);
      }
      if (ADDRESSES.contains(name) && HARMLESS.stream().noneMatch(value::startsWith)) {
        throw new IllegalArgumentException("no address to lead to: " + value);
      }
      byName.put(name, value);
      return this;
    }

    private String markup() {
      return byName.entrySet().stream()
          .map(entry -> " " + entry.getKey() + "=\"" + escaped(entry.getValue()) + "\"")
          .collect(Collectors.joining());
    }
  }

  private final String markup;

  private Html(String markup) {
    this.markup = markup;
  }

  /** A text, whatever is in it. */
  public static Html text(String text) {
    return new Html(escaped(text));
  }

  /** An attribute, to which others may be added. */
  public static Attributes with(String name, String value) {
    return new Attributes().and(name, value);
  }

  /** An element without attributes. */
  public static Html element(String name, Html... content) {
    return element(name, new Attributes(), content);
  }

  /** An element that holds a text alone. */
  public static Html element(String name, String text) {
    return element(name, text(text));
  }

  public static Html element(String name, Attributes attributes, Html... content) {
    if (!name.matches("[a-z][a-z0-9]*") || ACTIVE.contains(name)) {
      throw new IllegalArgumentException("no element of ours: " + name);
    }
    String start = "<" + name + attributes.markup() + ">";
    return new Html(
        WITHOUT_CONTENT.contains(name) ? start : start + join(content) + "</" + name + ">");
  }

  /** A script of this host, which runs once the page is read. */
  static Html script(String path) {
    if (!path.matches("/[a-z]+\\.js")) {
      throw new IllegalArgumentException("no script of ours: " + path);
    }
    return new Html("<script type=\"module\" src=\"" + path + "\"></script>");
  }

  /** A link with a text. */
  public static Html link(String address, String text) {
    return element("a", with("href", address), text(text));
  }

  /** Pieces one after the other. */
  public static Html join(Html... pieces) {
    return join(List.of(pieces));
  }

  public static Html join(List<Html> pieces) {
    return new Html(pieces.stream().map(Html::toString).collect(Collectors.joining()));
  }

  /** The same with a line break after each, so that people can read the source. */
  public static Html lines(Stream<Html> pieces) {
    return new Html(pieces.map(piece -> piece + "\n").collect(Collectors.joining()));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** The markup. */
  @Override
  public String toString() {
    return markup;
  }
}
