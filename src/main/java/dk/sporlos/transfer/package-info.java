/**
 * What is brought in and taken out as a whole: hits of the past, which come as lines and can be
 * taken back, and the statistics of a site, which leave as sums.
 */
@NullMarked
package dk.sporlos.transfer;

import org.jspecify.annotations.NullMarked;
