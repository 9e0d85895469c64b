package dk.sporlos.transfer;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What became of an import.
 *
 * @param totalsUntil the last day of which only totals are kept; null if all visits are
 */
record Written(Imported entry, @Nullable LocalDate totalsUntil) {}
