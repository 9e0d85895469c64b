package dk.sporlos.door;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.site.AddressUse;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class SenderTest {

  @Test
  void printsNothingOfWhoItIs() {
    assertThat(aSender("192.0.2.77", "Canary/1.0", "da-DK")).hasToString("Sender");
  }

  @Test
  void hasTheSameTraitsAsAnyoneInItsNetworkWithItsAgentAndLanguage() {
    assertThat(aSender("192.0.2.77", "Agent", "da").traits(AddressUse.CUT))
        .isEqualTo(aSender("192.0.2.1", "Agent", "da").traits(AddressUse.CUT))
        .isNotEqualTo(aSender("192.0.3.77", "Agent", "da").traits(AddressUse.CUT))
        .isNotEqualTo(aSender("192.0.2.77", "Agens", "da").traits(AddressUse.CUT))
        .isNotEqualTo(aSender("192.0.2.77", "Agent", "en").traits(AddressUse.CUT));
  }

  @Test
  void hasTraitsThatDoNotRunIntoEachOther() {
    assertThat(aSender("192.0.2.1", "Agentd", "a").traits(AddressUse.CUT))
        .isNotEqualTo(aSender("192.0.2.1", "Agent", "da").traits(AddressUse.CUT));
    assertThat(aSender("0.0.0.0", "Agent", "da").traits(AddressUse.CUT))
        .isNotEqualTo(aSender("::", "Agent", "da").traits(AddressUse.CUT));
  }

  private static Sender aSender(String address, String agent, String language) {
    return new Sender(
        Objects.requireNonNull(Address.parse(address)),
        agent,
        language,
        false,
        false,
        false,
        ClientHints.NONE);
  }
}
