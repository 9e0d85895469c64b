/** Meters for Prometheus, and the management port that shows them. */
@NullMarked
package dk.sporlos.metrics;

import org.jspecify.annotations.NullMarked;
