/**
 * Hits of the past that are brought in whole: read from lines, made into visits at once, and taken
 * back by their import's number.
 */
@NullMarked
package dk.sporlos.transfer;

import org.jspecify.annotations.NullMarked;
