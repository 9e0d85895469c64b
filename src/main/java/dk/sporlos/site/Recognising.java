package dk.sporlos.site;

/** By what a visitor without a cookie is recognised within a day. */
public enum Recognising {
  /** By nothing: hits are not joined to visits. */
  NONE,

  /** By a random key of the day that lives in memory, over cut address, agent and language. */
  DAY_KEY
}
