/**
 * The settings of the process, from flags, environment and file. Bad ones are all named at once.
 */
@NullMarked
package dk.sporlos.settings;

import org.jspecify.annotations.NullMarked;
