package dk.sporlos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The commands by which an owner defines what is counted. */
class DefinitionCommandsTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private String database;

  @BeforeEach
  void create() {
    database = TestDatabase.create().uri();
    run("site", "add", "example.com");
  }

  @Test
  void goalsAndFunnelsAreAddedListedAndRemoved() {
    String cart = done("goal", "add", "--site", "example.com", "--page", "/cart/**").strip();
    String read =
        done("goal", "add", "--site", "example.com", "--page", "/blog/*", "--scroll", "75").strip();
    String paid =
        done(
                "goal",
                "add",
                "--site",
                "example.com",
                "--event",
                "Paid",
                "--name",
                "Bought",
                "--property",
                "plan=Pro",
                "--currency",
                "dkk",
                "--value",
                "99.50")
            .strip();

    assertThat(done("goal", "list", "--site", "example.com").lines())
        .containsExactly(
            cart + "\tVisit /cart/**\tpage /cart/**\t\t",
            read + "\tScroll 75% on /blog/*\tpage /blog/*, 75 %\t\t",
            paid + "\tBought\tevent Paid\tplan=Pro\t99.5 DKK");

    String funnel =
        done(
                "funnel",
                "add",
                "--site",
                "example.com",
                "--name",
                "Checkout",
                "--goals",
                cart + "," + paid)
            .strip();
    assertThat(done("funnel", "list", "--site", "example.com").lines())
        .containsExactly(funnel + "\tCheckout\t" + cart + "," + paid);

    assertThat(refused("goal", "remove", "--site", "example.com", cart))
        .contains("the goal is a step of funnel 'Checkout'");
    done("funnel", "remove", "--site", "example.com", funnel);
    done("goal", "remove", "--site", "example.com", cart);
    assertThat(refused("goal", "remove", "--site", "example.com", cart))
        .contains("goal " + cart + " is not there; see `sporlos goal list`");
  }

  @Test
  void segmentsAnnotationsAndPropertiesAreAddedListedAndRemoved() {
    String filters = "[[\"is\",\"visit:country\",[\"DK\"]]]";
    String segment =
        done("segment", "add", "--site", "example.com", "--name", "Danes", "--filters", filters)
            .strip();
    String note =
        done("annotation", "add", "--site", "example.com", "--day", "2026-11-01", "New design")
            .strip();
    done("property", "add", "--site", "example.com", "plan");

    assertThat(done("segment", "list", "--site", "example.com").lines())
        .containsExactly(segment + "\tDanes\t" + filters);
    assertThat(done("annotation", "list", "--site", "example.com").lines())
        .containsExactly(note + "\t2026-11-01\tNew design");
    assertThat(done("property", "list", "--site", "example.com").lines()).containsExactly("plan");

    done("segment", "remove", "--site", "example.com", segment);
    done("annotation", "remove", "--site", "example.com", note);
    done("property", "remove", "--site", "example.com", "plan");
    for (String kind : List.of("segment", "annotation", "property")) {
      assertThat(done(kind, "list", "--site", "example.com")).isEmpty();
    }
  }

  @Test
  void whatCannotBeKeptIsRefusedWithWhatToWrite() {
    assertThat(refused("goal", "add", "--site", "example.com", "--page", "cart"))
        .contains("page: begin the path with a slash");
    assertThat(refused("goal", "add", "--site", "example.com")).contains("--page", "--event");
    assertThat(refused("goal", "add", "--site", "example.com", "--event", "x", "--scroll", "10"))
        .contains("--scroll: only a page is scrolled");
    assertThat(refused("goal", "add", "--site", "example.com", "--event", "x", "--value", "1"))
        .contains("--value: say with --currency");
    assertThat(refused("funnel", "add", "--site", "example.com", "--name", "x", "--goals", "1,2"))
        .contains("goals: each is the number of a goal of the site");
    assertThat(refused("segment", "add", "--site", "example.com", "--name", "x", "--filters", "{"))
        .contains("--filters: this is no list in JSON");
    String filters = "[[\"is\",\"nix\",[\"a\"]]]";
    assertThat(
            refused("segment", "add", "--site", "example.com", "--name", "x", "--filters", filters))
        .contains("#/filters/0/1: Invalid filter dimension \"nix\"");
    assertThat(refused("annotation", "add", "--site", "example.com", "--day", "soon", "x"))
        .contains("--day: 'soon' is no day");
    assertThat(refused("property", "add", "--site", "example.com", " "))
        .contains("property: write between 1 and 300 characters");
  }

  @Test
  void aSiteIsRemovedByWhoNamesItTwice() {
    done("goal", "add", "--site", "example.com", "--page", "/cart");

    assertThat(refused("site", "remove", "example.com")).contains("--confirm");
    assertThat(refused("site", "remove", "example.com", "--confirm", "other.example"))
        .contains("--confirm: write 'example.com' again");
    done("site", "remove", "example.com", "--confirm", "example.com");

    assertThat(refused("goal", "list", "--site", "example.com")).contains("is not registered");
  }

  @Test
  void theFiguresOfASiteAreForgottenByWhoNamesItTwice() {
    done("goal", "add", "--site", "example.com", "--page", "/cart");

    assertThat(refused("site", "reset", "example.com")).contains("--confirm");
    assertThat(refused("site", "reset", "example.com", "--confirm", "other.example"))
        .contains("--confirm: write 'example.com' again to forget its figures");
    done("site", "reset", "example.com", "--confirm", "example.com");

    assertThat(done("goal", "list", "--site", "example.com")).contains("/cart");
  }

  private String done(String... arguments) {
    assertThat(run(arguments)).as(err.toString(StandardCharsets.UTF_8)).isEqualTo(Cli.OK);
    return take(out);
  }

  private String refused(String... arguments) {
    assertThat(run(arguments)).isEqualTo(Cli.MENDABLE);
    return take(err);
  }

  private int run(String... arguments) {
    out.reset();
    err.reset();
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--database");
    all.add(database);
    return new Cli(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Map.of())
        .run(all.toArray(String[]::new));
  }

  private static String take(ByteArrayOutputStream stream) {
    String text = stream.toString(StandardCharsets.UTF_8);
    stream.reset();
    return text;
  }
}
