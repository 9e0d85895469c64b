/** Who may read and change what. Secrets are kept as hashes only. */
@NullMarked
package dk.sporlos.account;

import org.jspecify.annotations.NullMarked;
