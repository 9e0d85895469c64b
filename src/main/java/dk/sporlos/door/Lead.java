package dk.sporlos.door;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What led to a visit, in lower case, as the rules of {@link Channel} see it.
 *
 * @param kind null if the source is of none that is known
 * @param source name or tag of the source; empty if nothing names one
 * @param medium as the campaign says it, else empty
 * @param campaign name of the campaign, else empty
 * @param click what the click id says; null if there is none that is known
 */
record Lead(
    @Nullable SourceKind kind,
    String source,
    String medium,
    String campaign,
    @Nullable ClickService click) {

  private static final Pattern PAID = Pattern.compile(".*cp.*|ppc|retargeting|paid.*");
  private static final Pattern SHOPPING = Pattern.compile("(?:.*[^a-df-z])?shop.*|.*shopping.*");

  /** Whether the medium is one of those that a regular expression stands for. */
  static Predicate<Lead> medium(String expression) {
    Predicate<String> matches = Pattern.compile(expression).asMatchPredicate();
    return lead -> matches.test(lead.medium);
  }

  /** The same for the source or the medium. */
  static Predicate<Lead> sourceOrMedium(String expression) {
    Predicate<String> matches = Pattern.compile(expression).asMatchPredicate();
    return lead -> matches.test(lead.source) || matches.test(lead.medium);
  }

  boolean isFromSomewhere() {
    return !source.isEmpty() || !medium.isEmpty() || !campaign.isEmpty();
  }

  boolean isOf(SourceKind other) {
    return kind == other;
  }

  boolean isOfShop() {
    return kind == SourceKind.SHOP || SHOPPING.matcher(campaign).matches();
  }

  boolean isPaid() {
    return PAID.matcher(medium).matches() || (click != null && click.isPaid());
  }

  boolean isDisplayed() {
    return click == ClickService.DISPLAY;
  }
}
