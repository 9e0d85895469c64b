package dk.sporlos.account;

import dk.sporlos.settings.Setting;
import dk.sporlos.site.Dialects;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What a request says of the product that counted a site before: {@code dialects}, a list of names,
 * and {@code matomo_id}, {@code umami_id} and {@code goatcounter_host}.
 */
final class FormerProduct {
  private static final String DIALECTS = "dialects";
  private static final List<Setting<String>> IDS =
      List.of(Dialects.MATOMO_ID, Dialects.UMAMI_ID, Dialects.GOATCOUNTER_HOST);

  private FormerProduct() {}

  /** The settings that are said, as they are stored; empty to take one back. */
  static Map<Setting<?>, String> texts(Fields fields) {
    Map<Setting<?>, String> texts = new LinkedHashMap<>();
    if (fields.has(DIALECTS)) {
      String names =
          fields.list(DIALECTS).stream().map(String::valueOf).collect(Collectors.joining(","));
      texts.put(Dialects.TAKEN, Dialects.written(checked(Dialects.TAKEN, names)));
    }
    for (Setting<String> setting : IDS) {
      String said = fields.written(key(setting));
      if (said != null) {
        texts.put(setting, checked(setting, said));
      }
    }
    return texts;
  }

  private static <T> T checked(Setting<T> setting, String text) {
    try {
      return Objects.requireNonNull(setting.parse().apply(text), "parsers return what they read");
    } catch (IllegalArgumentException unfit) {
      throw new RefusedException(400, key(setting) + ": " + unfit.getMessage());
    }
  }

  private static String key(Setting<?> setting) {
    return setting.name().replace('-', '_');
  }

  /** The refusal of an id that another site has. */
  static Future<Void> refused(Throwable failure) {
    return Future.failedFuture(
        failure instanceof IllegalArgumentException taken
            ? new RefusedException(400, String.valueOf(taken.getMessage()))
            : failure);
  }

  /** Adds what is stored to an answer. */
  static JsonObject put(JsonObject answer, Map<String, String> texts) {
    String names = texts.getOrDefault(Dialects.TAKEN.name(), "");
    if (!names.isEmpty()) {
      answer.put(DIALECTS, new JsonArray(List.of(names.split(",", -1))));
    }
    for (Setting<String> setting : IDS) {
      String text = texts.get(setting.name());
      if (text != null) {
        answer.put(key(setting), text);
      }
    }
    return answer;
  }
}
