/**
 * Totals of finished days, computed whole from visits; and what is deleted when. A sealed figure
 * outlives the visits that it was computed from.
 */
@NullMarked
package dk.sporlos.seal;

import org.jspecify.annotations.NullMarked;
