/** The commands that people type. */
@NullMarked
package dk.sporlos.cli;

import org.jspecify.annotations.NullMarked;
