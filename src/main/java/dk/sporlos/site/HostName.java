package dk.sporlos.site;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;

/** The one spelling of a host's name under which sites and pages are found and compared. */
public final class HostName {
  public static final int MAXIMUM_LENGTH = 253;
  private static final String WWW = "www.";
  private static final Pattern LOOPBACK = Pattern.compile("127(\\.[0-9]{1,3}){3}");

  private HostName() {}

  /**
   * A name in lower case, without surrounding white space, a final dot or a leading {@code www.};
   * with the ASCII form of an internationalized name (RFC 3490). A text that is no name comes back
   * in lower case and will not be found.
   */
  public static String canonical(String name) {
    String canonical = ascii(name.strip()).toLowerCase(Locale.ROOT);
    if (canonical.endsWith(".")) {
      canonical = canonical.substring(0, canonical.length() - 1);
    }
    boolean prefixed = canonical.startsWith(WWW) && canonical.length() > WWW.length();
    return prefixed ? canonical.substring(WWW.length()) : canonical;
  }

  /** Whether a host in canonical spelling is the machine that asks, or a name of its network. */
  public static boolean isLocal(String host) {
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || host.endsWith(".local")
        || host.equals("[::1]")
        || LOOPBACK.matcher(host).matches();
  }

  private static boolean isAscii(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static String ascii(String name) {
    if (name.length() > MAXIMUM_LENGTH || isAscii(name)) {
      return name;
    }
    try {
      return IDN.toASCII(name, IDN.ALLOW_UNASSIGNED);
    } catch (IllegalArgumentException notAName) {
      return name;
    }
  }
}
