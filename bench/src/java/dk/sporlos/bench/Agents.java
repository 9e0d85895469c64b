package dk.sporlos.bench;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;

/** Agent strings of real browsers, by how often they are met (npm package user-agents). */
public final class Agents {
  private static final Path LIST =
      Path.of(System.getProperty("bench.agents", "bench/node_modules/user-agents/dist"))
          .resolve("user-agents.json");

  private final String[] agents;
  private final int[] widths;
  private final double[] weights;
  private final Zipf choice;

  private Agents(String[] agents, int[] widths, double[] weights) {
    this.agents = agents;
    this.widths = widths;
    this.weights = weights;
    this.choice = Zipf.ofWeights(weights);
  }

  public static Agents installed() {
    return installed(device -> true);
  }

  /** Those of some devices: {@code mobile}, {@code tablet}, {@code desktop}. */
  public static Agents installed(Predicate<String> devices) {
    if (!Files.isRegularFile(LIST)) {
      throw new IllegalStateException(LIST + " is missing: run npm ci in directory bench");
    }
    JsonArray list;
    try {
      list = new JsonArray(Buffer.buffer(Files.readAllBytes(LIST)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    list = new JsonArray(list.stream().filter(entry -> isOf((JsonObject) entry, devices)).toList());
    String[] agents = new String[list.size()];
    int[] widths = new int[list.size()];
    double[] weights = new double[list.size()];
    for (int i = 0; i < agents.length; i++) {
      JsonObject entry = list.getJsonObject(i);
      agents[i] = entry.getString("userAgent");
      widths[i] = entry.getInteger("viewportWidth", 1280);
      weights[i] = entry.getDouble("weight");
    }
    return new Agents(agents, widths, weights);
  }

  private static boolean isOf(JsonObject entry, Predicate<String> devices) {
    return devices.test(entry.getString("deviceCategory"));
  }

  /** The same without one of them. */
  public Agents without(String agent) {
    double[] left = weights.clone();
    for (int i = 0; i < agents.length; i++) {
      left[i] = agents[i].equals(agent) ? 0 : left[i];
    }
    return new Agents(agents, widths, left);
  }

  /** The agent string that is met most. */
  public String commonest() {
    Map<String, Double> shares = new HashMap<>();
    for (int i = 0; i < agents.length; i++) {
      shares.merge(agents[i], weights[i], Double::sum);
    }
    return Collections.max(shares.entrySet(), Map.Entry.comparingByValue()).getKey();
  }

  /** An agent string, by how often it is met. */
  public String text(Random random) {
    return draw(random).text();
  }

  /** An agent string and the width of the browser's viewport. */
  record Agent(String text, int width) {}

  Agent draw(Random random) {
    int chosen = choice.draw(random);
    return new Agent(agents[chosen], widths[chosen]);
  }
}
