/** The PostgreSQL that keeps everything: the embedded server, the connection and the migrations. */
@NullMarked
package dk.sporlos.database;

import org.jspecify.annotations.NullMarked;
