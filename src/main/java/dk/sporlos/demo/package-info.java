/**
 * Made-up traffic for a made-up site, so that a newcomer sees figures at once. Goes the way of real
 * hits, from the inbox on.
 */
@NullMarked
package dk.sporlos.demo;

import org.jspecify.annotations.NullMarked;
