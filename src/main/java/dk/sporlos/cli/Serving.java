package dk.sporlos.cli;

/** A task that serves until it is told to stop, and so has the settings of a serving process. */
interface Serving extends Task {}
