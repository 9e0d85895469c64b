package dk.sporlos.privacy;

import static dk.sporlos.page.Html.element;
import static dk.sporlos.page.Html.link;
import static dk.sporlos.page.Html.text;

import dk.sporlos.page.Html;
import dk.sporlos.page.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The privacy policy of a site in one language, as its settings make it. */
record Policy(Language language, String domain, List<Section> sections) {
  private static final Wording WORDING = new Wording();

  private static final Pattern MARKED =
      Pattern.compile(
          "(?<url>https?://[^\\s<>\"]*[^\\s<>\".,;:)]|(?<![\\w/])/privacy[^\\s<>\"]*[^\\s<>\".,;)])"
              + "|(?<mail>[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+)|(?<unsaid>\\[…])");

  record Section(String name, String heading, List<Paragraph> paragraphs) {}

  record Paragraph(boolean item, String text) {}

  static Policy of(Language language, Facts facts) {
    return new Policy(
        language,
        facts.get("domain"),
        WORDING.sections().stream().map(section -> filled(section, language, facts)).toList());
  }

  private static Section filled(Wording.Section section, Language language, Facts facts) {
    return new Section(
        section.name(),
        section.heading().getOrDefault(language, ""),
        section.paragraphs().stream()
            .filter(paragraph -> paragraph.holds(facts))
            .map(paragraph -> new Paragraph(paragraph.item(), paragraph.filled(language, facts)))
            .toList());
  }

  String title() {
    return language.of("Privatlivspolitik for statistik på ", "Privacy policy for statistics on ")
        + domain;
  }

  /** As plain text, to be pasted into a page of the website. */
  String plain() {
    StringBuilder plain = new StringBuilder(title()).append("\n");
    for (Section section : sections) {
      plain.append("\n").append(section.heading()).append("\n");
      boolean inList = false;
      for (Paragraph paragraph : section.paragraphs()) {
        plain.append(inList && paragraph.item() ? "" : "\n");
        plain.append(paragraph.item() ? "- " : "").append(paragraph.text()).append("\n");
        inList = paragraph.item();
      }
    }
    return plain.toString();
  }

  /** As what follows the heading of a page. */
  Html html() {
    return Html.lines(
        sections.stream()
            .flatMap(
                section ->
                    Stream.concat(
                        Stream.of(element("h2", section.heading())),
                        blocks(section.paragraphs()).stream())));
  }

  private static List<Html> blocks(List<Paragraph> paragraphs) {
    List<Html> blocks = new ArrayList<>();
    List<Html> items = new ArrayList<>();
    for (Paragraph paragraph : paragraphs) {
      if (paragraph.item()) {
        items.add(element("li", linked(paragraph.text())));
        continue;
      }
      endList(items, blocks);
      blocks.add(element("p", linked(paragraph.text())));
    }
    endList(items, blocks);
    return blocks;
  }

  private static void endList(List<Html> items, List<Html> blocks) {
    if (!items.isEmpty()) {
      blocks.add(element("ul", Html.join(items)));
      items.clear();
    }
  }

  /** A text whose addresses lead there, and in which what nobody has said stands out. */
  static Html linked(String text) {
    List<Html> pieces = new ArrayList<>();
    Matcher marked = MARKED.matcher(text);
    int end = 0;
    while (marked.find()) {
      pieces.add(text(text.substring(end, marked.start())));
      String found = marked.group();
      if (marked.group("url") != null) {
        pieces.add(link(found, found));
      } else if (marked.group("mail") != null) {
        pieces.add(link("mailto:" + found, found));
      } else {
        pieces.add(element("mark", found));
      }
      end = marked.end();
    }
    pieces.add(text(text.substring(end)));
    return Html.join(pieces);
  }
}
