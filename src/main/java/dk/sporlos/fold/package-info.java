/** Turns the hits of ended visits into visits. Holds the one definition of what a visit is. */
@NullMarked
package dk.sporlos.fold;

import org.jspecify.annotations.NullMarked;
