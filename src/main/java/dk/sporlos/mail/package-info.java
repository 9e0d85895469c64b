/**
 * Mails to people who have an account, by the operator's own server. No visitor is ever written to.
 */
@NullMarked
package dk.sporlos.mail;

import org.jspecify.annotations.NullMarked;
