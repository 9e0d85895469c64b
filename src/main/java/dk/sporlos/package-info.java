/** The composition root: what the process is made of, started in order and stopped in reverse. */
@NullMarked
package dk.sporlos;

import org.jspecify.annotations.NullMarked;
