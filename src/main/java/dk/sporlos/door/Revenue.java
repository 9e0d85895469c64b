package dk.sporlos.door;

import java.math.BigDecimal;
import java.util.Objects;

/** An amount of money that an action is worth, in a currency of ISO 4217. */
public record Revenue(BigDecimal amount, String currency) {
  public Revenue {
    Objects.requireNonNull(amount, "amount");
    Objects.requireNonNull(currency, "currency");
  }
}
