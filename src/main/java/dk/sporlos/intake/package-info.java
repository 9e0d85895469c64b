/** Takes hits from the door to the inbox. An answer of success means that the hit is committed. */
@NullMarked
package dk.sporlos.intake;

import org.jspecify.annotations.NullMarked;
