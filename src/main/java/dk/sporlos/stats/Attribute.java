package dk.sporlos.stats;

import org.jspecify.annotations.Nullable;

/** What rows of an answer are told apart by, and what filters ask about. */
public sealed interface Attribute extends Column permits Dimension, Property {

  /** The attribute of a word of the query language; null if it is the word of none. */
  static @Nullable Attribute named(String word) {
    return word.startsWith(Property.PREFIX) ? Property.named(word) : Dimension.named(word);
  }

  /** Whether it tells the steps of one visit apart. */
  boolean ofSteps();

  /** Whether it is a moment. */
  boolean ofTime();
}
