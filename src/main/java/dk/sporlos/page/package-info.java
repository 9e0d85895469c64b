/** Pages that are made on the server, for people with a browser, in Danish and English. */
@NullMarked
package dk.sporlos.page;

import org.jspecify.annotations.NullMarked;
