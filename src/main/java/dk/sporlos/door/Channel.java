package dk.sporlos.door;

import java.util.function.Predicate;

/**
 * The kinds of ways that lead to a site, named as the field names them. The first whose rule holds
 * is that of a visit; decision 8 says where the rules come from.
 */
enum Channel {
  DIRECT("Direct", lead -> !lead.isFromSomewhere()),
  CROSS_NETWORK("Cross-network", lead -> lead.campaign().contains("cross-network")),
  PAID_SHOPPING("Paid Shopping", lead -> lead.isOfShop() && lead.isPaid()),
  PAID_SEARCH("Paid Search", lead -> lead.isOf(SourceKind.SEARCH) && lead.isPaid()),
  PAID_SOCIAL("Paid Social", lead -> lead.isOf(SourceKind.SOCIAL) && lead.isPaid()),
  PAID_VIDEO("Paid Video", lead -> lead.isOf(SourceKind.VIDEO) && lead.isPaid()),
  DISPLAY(
      "Display", Lead.medium("display|banner|expandable|interstitial|cpm").or(Lead::isDisplayed)),
  PAID_OTHER("Paid Other", Lead::isPaid),
  AI_ASSISTANTS("AI Assistants", lead -> lead.isOf(SourceKind.ASSISTANT)),
  ORGANIC_SHOPPING("Organic Shopping", Lead::isOfShop),
  ORGANIC_SOCIAL(
      "Organic Social",
      Lead.medium("social|social[-_ ]network|social[-_ ]media|sm")
          .or(lead -> lead.isOf(SourceKind.SOCIAL))),
  ORGANIC_VIDEO("Organic Video", Lead.medium(".*video.*").or(lead -> lead.isOf(SourceKind.VIDEO))),
  ORGANIC_SEARCH("Organic Search", Lead.medium("organic").or(lead -> lead.isOf(SourceKind.SEARCH))),
  EMAIL(
      "Email",
      Lead.sourceOrMedium("e[-_ ]?mails?|newsletters?|news[-_]letter|nyhedsbreve?")
          .or(lead -> lead.isOf(SourceKind.MAIL))),
  AFFILIATES("Affiliates", Lead.medium("affiliates?")),
  AUDIO("Audio", Lead.medium("audio|podcast")),
  SMS("SMS", Lead.sourceOrMedium("sms")),
  PUSH(
      "Mobile Push Notifications",
      Lead.medium(".*push|.*mobile.*|.*notification.*").or(Lead.sourceOrMedium("firebase"))),
  REFERRAL("Referral", lead -> true);

  private final String label;

  // A rule has no state, which a Predicate does not tell.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Predicate<Lead> rule;

  Channel(String label, Predicate<Lead> rule) {
    this.label = label;
    this.rule = rule;
  }

  /** The name that is kept and shown. */
  String label() {
    return label;
  }

  static Channel of(Lead lead) {
    for (Channel channel : values()) {
      if (channel.rule.test(lead)) {
        return channel;
      }
    }
    return REFERRAL;
  }
}
