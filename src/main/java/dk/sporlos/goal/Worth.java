package dk.sporlos.goal;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * In what money a goal is counted.
 *
 * @param currency a code of ISO 4217
 * @param each what reaching the goal once is worth; null if the website says it each time
 */
public record Worth(String currency, @Nullable BigDecimal each) {

  private static final BigDecimal MOST = new BigDecimal("1E12");
  private static final int DECIMALS = 6;

  public Worth {
    currency = currency.strip().toUpperCase(Locale.ROOT);
    try {
      Currency.getInstance(currency);
    } catch (IllegalArgumentException unknown) {
      throw new UnfitDefinitionException("currency: write a code of ISO 4217, as in DKK or EUR");
    }
    if (each != null
        && (each.signum() < 0 || each.compareTo(MOST) >= 0 || each.scale() > DECIMALS)) {
      throw new UnfitDefinitionException(
          "value: write an amount from 0 with at most %d decimals".formatted(DECIMALS));
    }
  }
}
