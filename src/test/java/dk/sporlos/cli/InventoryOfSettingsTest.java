package dk.sporlos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.privacy.Inventory;
import dk.sporlos.privacy.Inventory.Kind;
import dk.sporlos.settings.Setting;
import dk.sporlos.site.SiteSettings;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whether the inventory has every setting. */
class InventoryOfSettingsTest {
  private final Inventory inventory = Inventory.shipped();

  @Test
  void everySettingOfTheProcessIsDeclaredAndNoOther() {
    List<Setting<?>> all =
        Stream.concat(Options.OF_DATA.stream(), Options.OF_SERVING.stream()).toList();

    assertThat(inventory.faults(Kind.PROCESS_SETTING, names("process", all))).isEmpty();
  }

  @Test
  void everySettingOfASiteIsDeclaredAndNoOther() {
    assertThat(inventory.faults(Kind.SITE_SETTING, names("site", SiteSettings.ALL))).isEmpty();
  }

  private static Set<String> names(String where, List<Setting<?>> settings) {
    return settings.stream()
        .map(setting -> where + "." + setting.name())
        .collect(Collectors.toSet());
  }
}
