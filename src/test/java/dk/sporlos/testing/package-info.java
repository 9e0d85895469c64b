/** What tests of several packages share. */
@NullMarked
package dk.sporlos.testing;

import org.jspecify.annotations.NullMarked;
