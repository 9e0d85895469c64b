package dk.sporlos.door;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The service that gave an address the parameter by which it knows its click. */
enum ClickService {
  GOOGLE("Google", true),
  /** Google's, for banners on other people's pages: {@code dclid}. */
  DISPLAY("Google", false),
  MICROSOFT("Bing", true),
  /** Puts its parameter on every link that leads out, paid or not: {@code fbclid}. */
  FACEBOOK("Facebook", false),
  /** As Facebook: {@code igshid}, {@code igsh}. */
  INSTAGRAM("Instagram", false),
  TIKTOK("TikTok", true),
  X("X", true),
  LINKEDIN("LinkedIn", true),
  PINTEREST("Pinterest", true),
  REDDIT("Reddit", true),
  SNAPCHAT("Snapchat", true),
  YANDEX("Yandex", true),
  /** Puts its parameter on the links of newsletters: {@code mc_eid}. */
  MAILCHIMP("Mailchimp", false);

  private static final Map<String, ClickService> BY_PARAMETER =
      Map.ofEntries(
          Map.entry("gclid", GOOGLE),
          Map.entry("gbraid", GOOGLE),
          Map.entry("wbraid", GOOGLE),
          Map.entry("dclid", DISPLAY),
          Map.entry("msclkid", MICROSOFT),
          Map.entry("fbclid", FACEBOOK),
          Map.entry("igshid", INSTAGRAM),
          Map.entry("igsh", INSTAGRAM),
          Map.entry("ttclid", TIKTOK),
          Map.entry("twclid", X),
          Map.entry("li_fat_id", LINKEDIN),
          Map.entry("epik", PINTEREST),
          Map.entry("rdt_cid", REDDIT),
          Map.entry("ScCid", SNAPCHAT),
          Map.entry("sccid", SNAPCHAT),
          Map.entry("yclid", YANDEX),
          Map.entry("mc_eid", MAILCHIMP));

  private final String source;
  private final boolean paid;

  ClickService(String source, boolean paid) {
    this.source = source;
    this.paid = paid;
  }

  /** The source that clicks of the service come from, if nothing else names one. */
  String source() {
    return source;
  }

  /** Whether somebody paid for each click that has the parameter. */
  boolean isPaid() {
    return paid;
  }

  /** Null if no service is known to use the parameter, or it is empty. */
  static @Nullable ClickService of(String parameter) {
    return BY_PARAMETER.get(parameter);
  }
}
