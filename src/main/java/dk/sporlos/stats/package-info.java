/**
 * One query model for everyone who reads figures. SQL is composed from the fragments of enums,
 * never from request text.
 */
@NullMarked
package dk.sporlos.stats;

import org.jspecify.annotations.NullMarked;
