/**
 * Websites whose visits are counted, and their settings. Everyone may ask for a site; nobody here
 * knows a visitor.
 */
@NullMarked
package dk.sporlos.site;

import org.jspecify.annotations.NullMarked;
