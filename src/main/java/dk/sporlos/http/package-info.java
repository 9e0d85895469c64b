/** What all HTTP of the process shares: problems, limits and servers. */
@NullMarked
package dk.sporlos.http;

import org.jspecify.annotations.NullMarked;
