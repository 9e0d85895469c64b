package dk.sporlos.door;

import java.util.Objects;

/**
 * With what a visitor came, in coarse classes; each is empty where it is not known.
 *
 * @param browser family, as in {@code Firefox}
 * @param browserVersion major version, as in {@code 141}
 * @param os family, as in {@code Windows}
 * @param osVersion major version, as in {@code 11}
 * @param device class, as in {@code Desktop}, {@code Mobile}, {@code Tablet}
 * @param screen class of the viewport's width, as in {@code Small}
 * @param language base language of ISO 639, as in {@code da}
 */
public record Client(
    String browser,
    String browserVersion,
    String os,
    String osVersion,
    String device,
    String screen,
    String language) {

  /** Nothing is known. */
  public static final Client UNKNOWN = new Client("", "", "", "", "", "", "");

  public Client {
    Objects.requireNonNull(browser, "browser");
    Objects.requireNonNull(browserVersion, "browserVersion");
    Objects.requireNonNull(os, "os");
    Objects.requireNonNull(osVersion, "osVersion");
    Objects.requireNonNull(device, "device");
    Objects.requireNonNull(screen, "screen");
    Objects.requireNonNull(language, "language");
  }
}
