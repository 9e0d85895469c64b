package dk.sporlos.site;

/** What the signals of a browser do: Global Privacy Control, and Do Not Track. */
public enum Signals {
  /** Nothing is counted of who sends one. */
  OBEY,

  /** They are not looked at. An objection made here is obeyed all the same. */
  IGNORE
}
