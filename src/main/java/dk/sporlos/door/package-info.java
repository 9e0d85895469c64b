/**
 * The only code that sees addresses, agent strings and cookies. What leaves it is a {@link
 * dk.sporlos.door.Hit}, which has no field that could hold one.
 */
@NullMarked
package dk.sporlos.door;

import org.jspecify.annotations.NullMarked;
