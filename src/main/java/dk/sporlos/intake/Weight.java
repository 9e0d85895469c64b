package dk.sporlos.intake;

import dk.sporlos.door.Action;
import dk.sporlos.door.Attributes;
import dk.sporlos.door.Campaign;
import dk.sporlos.door.Hit;
import java.util.Map;

/** How many bytes a hit takes in memory, roughly: what its sender chose, and an allowance. */
final class Weight {
  private static final int ALLOWANCE = 300;

  private Weight() {}

  static int of(Hit hit) {
    int weight = ALLOWANCE + hit.page().host().length() + hit.page().path().length();
    if (hit.action() instanceof Action.Event event) {
      weight += event.name().length();
    }
    for (Map.Entry<String, String> property : hit.properties().entrySet()) {
      weight += property.getKey().length() + property.getValue().length();
    }
    return hit.attributes() == null ? weight : weight + of(hit.attributes());
  }

  private static int of(Attributes attributes) {
    int weight =
        ALLOWANCE + attributes.source().host().length() + attributes.source().path().length();
    Campaign campaign = attributes.campaign();
    return campaign == null
        ? weight
        : weight
            + campaign.source().length()
            + campaign.medium().length()
            + campaign.name().length()
            + campaign.content().length()
            + campaign.term().length();
  }
}
