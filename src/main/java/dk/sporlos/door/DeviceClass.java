package dk.sporlos.door;

import java.util.regex.Pattern;

/** What kind of thing a browser runs on. */
public enum DeviceClass {
  DESKTOP("Desktop"),
  MOBILE("Mobile"),
  TABLET("Tablet"),
  TV("TV"),
  CONSOLE("Console"),
  UNKNOWN("");

  private static final Pattern OF_TV =
      Pattern.compile(
          "smart-?tv|smart tv|googletv|google tv|android tv|appletv|apple tv|hbbtv|netcast|web0s"
              + "|tizen.* tv|\\btv\\b|bravia|\\broku|crkey|\\baft[a-z]{1,4}\\b|vidaa|dtv|viera",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern OF_CONSOLE =
      Pattern.compile("playstation|xbox|nintendo", Pattern.CASE_INSENSITIVE);

  private static final Pattern OF_TABLET =
      Pattern.compile("ipad|tablet|playbook|kindle", Pattern.CASE_INSENSITIVE);

  private static final Pattern OF_MOBILE =
      Pattern.compile(
          "iphone|ipod|mobi|opera mini|windows phone|blackberry|kaios|symbian|series ?60",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern OF_DESKTOP =
      Pattern.compile("windows nt|macintosh|x11|linux|cros|bsd", Pattern.CASE_INSENSITIVE);

  private final String label;

  DeviceClass(String label) {
    this.label = label;
  }

  /** The name that is kept and shown. */
  public String label() {
    return label;
  }

  /*
   * Android on a phone says Mobile, on a tablet it does not; the hint says the same where the agent
   * string is frozen. Windows has a "Tablet PC" part on desktop machines. An iPad says that it is a
   * Macintosh unless asked not to, and then it is a desktop here, as everywhere.
   */
  static DeviceClass of(String agent, ClientHints hints) {
    if (OF_CONSOLE.matcher(agent).find()) {
      return CONSOLE;
    }
    if (OF_TV.matcher(agent).find()) {
      return TV;
    }
    boolean windows = agent.contains("Windows NT");
    if (!windows && OF_TABLET.matcher(agent).find()) {
      return TABLET;
    }
    if (Boolean.TRUE.equals(hints.isMobile()) || OF_MOBILE.matcher(agent).find()) {
      return MOBILE;
    }
    if (agent.contains("Android") || hints.platformName().equals("Android")) {
      return TABLET;
    }
    return OF_DESKTOP.matcher(agent).find() ? DESKTOP : UNKNOWN;
  }
}
