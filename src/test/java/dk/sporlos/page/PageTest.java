package dk.sporlos.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {

  @Test
  void whateverIsInATextOrAnAttributeStaysText() {
    Html paragraph = Html.element("p", Html.with("title", "\"'>"), Html.text("<b>&'\""));

    assertThat(paragraph).hasToString("<p title=\"&quot;&#39;&gt;\">&lt;b&gt;&amp;&#39;&quot;</p>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"javascript:alert(1)", "data:text/html,x", " https://x", "JAVASCRIPT:x"})
  void noLinkLeadsToCode(String address) {
    assertThatThrownBy(() -> Html.link(address, "here"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"onclick", "style", "x y"})
  void noAttributeIsCode(String name) {
    assertThatThrownBy(() -> Html.with(name, "x")).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"script", "style", "iframe", "p><script"})
  void noElementIsCode(String name) {
    assertThatThrownBy(() -> Html.element(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPageLeadsToItselfInTheOtherLanguage() {
    Page page =
        new Page(Language.DA, "A & B", Html.element("p", "x"), "/privacy/policy?site=example.com");

    assertThat(page.markup())
        .startsWith("<!doctype html>\n<html lang=\"da\">")
        .contains("<title>A &amp; B</title>", "<h1>A &amp; B</h1>")
        .contains("<a href=\"/privacy/policy?site=example.com&amp;lang=en\" hreflang=\"en\"");
  }
}
