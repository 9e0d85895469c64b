// Writes what the server reads from its class path, and what its tests measure on.
import "./bots.mjs";
import "./countries.mjs";
import "./agents.mjs";
import "./passwords.mjs";
import "./regions.mjs";
