package dk.sporlos.privacy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;

/** The inventory with what holds for one site, for machines to read. */
final class Declaration {
  private final Inventory inventory = Inventory.shipped();

  JsonObject json(Facts facts) {
    JsonObject settings = new JsonObject();
    Map<String, String> said = new TreeMap<>(facts.byName());
    said.forEach(settings::put);
    JsonArray items = new JsonArray();
    inventory.items().forEach(item -> items.add(json(item, facts)));
    return new JsonObject()
        .put("site", facts.get("domain"))
        .put("settings", settings)
        .put("inventory", items);
  }

  private static JsonObject json(Inventory.Item item, Facts facts) {
    JsonObject json =
        new JsonObject()
            .put("item", item.name())
            .put("kind", item.kind().label())
            .put("where", item.where())
            .put("parts", new JsonArray(item.parts()));
    item.words().forEach((name, words) -> json.put(name, Wording.fill(words, facts)));
    return json;
  }
}
