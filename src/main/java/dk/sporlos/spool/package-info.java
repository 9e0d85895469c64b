/**
 * Batches of hits on disk, while the database is away. Files hold hits by content and no number of
 * a dictionary.
 */
@NullMarked
package dk.sporlos.spool;

import org.jspecify.annotations.NullMarked;
