package dk.sporlos.door;

import org.jspecify.annotations.Nullable;

/** How wide the part of a window is that shows the page, in CSS pixels. */
enum ScreenClass {
  /** Less than 576: phones upright. */
  SMALL("Small", 576),
  /** Less than 992: phones lying, tablets upright, narrow windows. */
  MEDIUM("Medium", 992),
  /** Less than 1,440: tablets lying, laptops. */
  LARGE("Large", 1_440),
  EXTRA_LARGE("Extra Large", Integer.MAX_VALUE);

  private final String label;
  private final int below;

  ScreenClass(String label, int below) {
    this.label = label;
    this.below = below;
  }

  /** The name that is kept and shown; empty if the width is not known. */
  static String label(@Nullable Integer width) {
    if (width == null || width <= 0) {
      return "";
    }
    for (ScreenClass size : values()) {
      if (width < size.below) {
        return size.label;
      }
    }
    return EXTRA_LARGE.label;
  }

  /** The name of a class as it is kept, of what somebody wrote; empty if it is none. */
  static String named(String text) {
    for (ScreenClass size : values()) {
      if (size.label.equalsIgnoreCase(text)) {
        return size.label;
      }
    }
    return "";
  }
}
