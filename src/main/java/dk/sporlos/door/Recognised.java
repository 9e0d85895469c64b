package dk.sporlos.door;

import java.time.Instant;

/**
 * Where an action belongs.
 *
 * @param visit random number of the visit
 * @param visitor random number of the visitor on the day on which the visit began
 * @param step position within the visit
 * @param at when it happened; no earlier than its visit began
 * @param opens whether the visit begins with it
 */
record Recognised(long visit, long visitor, int step, Instant at, boolean opens) {}
