/** Benchmarks: each prints a table and its ratio to a stated limit. */
@NullMarked
package dk.sporlos.bench;

import org.jspecify.annotations.NullMarked;
