/**
 * What people are told: the inventory of everything that is kept, and the texts and pages that are
 * made of it and of the settings that hold for a site.
 */
@NullMarked
package dk.sporlos.privacy;

import org.jspecify.annotations.NullMarked;
