/** What owners define beside their site: goals, funnels, segments, annotations and properties. */
@NullMarked
package dk.sporlos.goal;

import org.jspecify.annotations.NullMarked;
