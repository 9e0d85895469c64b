package dk.sporlos.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What no address whatever may do to a page. */
final class CleaningFuzzTest {

  @Property
  void makesOfAnyPathATextThatATableTakes(@ForAll String path) {
    Page page =
        Cleaning.clean(CleaningTest.SITE, CleaningTest.beacon("https://example.com/" + path))
            .page();

    byte[] utf8 = page.path().getBytes(StandardCharsets.UTF_8);
    assertThat(new String(utf8, StandardCharsets.UTF_8)).isEqualTo(page.path());
    assertThat(page.path()).startsWith("/").doesNotContainPattern("[\\p{Cntrl}]");
    assertThat(utf8.length + page.host().length()).isLessThanOrEqualTo(2_000);
  }

  @Property
  void takesAnyTextApartOrRefusesIt(@ForAll String text) {
    for (String prefix : new String[] {"", "http://", "https://example.com"}) {
      Url url = Url.parse(prefix + text);

      if (url != null) {
        assertThat(url.host()).isNotEmpty();
      }
    }
  }
}
