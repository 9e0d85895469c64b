package dk.sporlos.door;

import dk.sporlos.door.Agents.Software;
import dk.sporlos.door.ClientHints.Brand;
import java.util.Map;

/**
 * What client hints know better than the agent string, in which browsers have frozen the version of
 * the operating system, and behind which some hide that they are not Chrome.
 */
final class HintedSoftware {

  /** Our name by brand. Chromium and Google Chrome are last resorts: the agent string says more. */
  private static final Map<String, String> BROWSERS =
      Map.ofEntries(
          Map.entry("Microsoft Edge", "Edge"),
          Map.entry("Opera", "Opera"),
          Map.entry("Opera GX", "Opera"),
          Map.entry("OperaMobile", "Opera"),
          Map.entry("Brave", "Brave"),
          Map.entry("Vivaldi", "Vivaldi"),
          Map.entry("Samsung Internet", "Samsung Internet"),
          Map.entry("YaBrowser", "Yandex Browser"),
          Map.entry("Yandex", "Yandex Browser"),
          Map.entry("Whale", "Whale"),
          Map.entry("DuckDuckGo", "DuckDuckGo"),
          Map.entry("Ecosia", "Ecosia"),
          Map.entry("Android WebView", "WebView"),
          Map.entry("HuaweiBrowser", "Huawei Browser"),
          Map.entry("Avast Secure Browser", "Avast Secure Browser"),
          Map.entry("AVG Secure Browser", "AVG Secure Browser"));

  private static final Map<String, String> SYSTEMS =
      Map.of(
          "Windows", "Windows",
          "macOS", "macOS",
          "Mac OS X", "macOS",
          "iOS", "iOS",
          "Android", "Android",
          "Linux", "Linux",
          "Chrome OS", "ChromeOS",
          "Chromium OS", "ChromeOS");

  // Microsoft's table: versions of the platform from 13 on are of Windows 11, from 1 on of 10.
  private static final int WINDOWS_11 = 13;

  private HintedSoftware() {}

  /** The browser, given what the agent string says. */
  static Software browser(ClientHints hints, Software said) {
    if (!said.name().equals("Chrome") && !said.name().equals("Chromium")) {
      return said;
    }
    for (Brand brand : hints.named()) {
      String name = BROWSERS.get(brand.name());
      if (name != null) {
        return new Software(name, brand.version());
      }
    }
    return said;
  }

  /** The operating system, given what the agent string says. */
  static Software system(ClientHints hints, Software said) {
    String name = SYSTEMS.get(hints.platformName());
    int major = hints.platformMajor();
    if (name == null || !(name.equals(said.name()) || said.name().isEmpty() || isLinux(said))) {
      return said;
    }
    if (major < 0) {
      return name.equals(said.name()) ? said : new Software(name, "");
    }
    return new Software(name, version(name, major));
  }

  /** Android and ChromeOS hide as Linux when they are asked for the desktop's page. */
  private static boolean isLinux(Software said) {
    return said.name().equals("Linux");
  }

  private static String version(String system, int major) {
    if (system.equals("Windows")) {
      return major >= WINDOWS_11 ? "11" : major >= 1 ? "10" : "";
    }
    return system.equals("Linux") || major == 0 || major > 999 ? "" : String.valueOf(major);
  }
}
