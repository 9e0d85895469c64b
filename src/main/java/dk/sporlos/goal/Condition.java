package dk.sporlos.goal;

/** The step of a visit that reaches a goal, but for its properties. */
public sealed interface Condition {

  /** Names of events are at most so long, as they are when they come in. */
  int LONGEST_EVENT = 120;

  /** What a goal is called that nobody named. */
  String usualName();

  /** A page view. */
  record PageViewed(PagePattern page) implements Condition {
    @Override
    public String usualName() {
      return "Visit " + page;
    }
  }

  /** A custom event. */
  record EventSent(String event) implements Condition {
    public EventSent {
      event = Line.checked("event", event, LONGEST_EVENT);
      if (event.equals("pageview") || event.equals("engagement")) {
        throw new UnfitDefinitionException(
            "event: '%s' is no custom event; name a page instead".formatted(event));
      }
    }

    @Override
    public String usualName() {
      return event;
    }
  }

  /**
   * A page view that was scrolled down.
   *
   * @param percent of the page that must have been seen at least
   */
  record PageScrolled(PagePattern page, int percent) implements Condition {
    public PageScrolled {
      if (percent < 1 || percent > 100) {
        throw new UnfitDefinitionException("scroll: write a number of percent from 1 to 100");
      }
    }

    @Override
    public String usualName() {
      return "Scroll " + percent + "% on " + page;
    }
  }
}
