package dk.sporlos.stats;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** How many visits went from page to page, as a tree whose root is where they are followed from. */
final class PathTree {

  /** What fewer visits did is not told apart. */
  static final int FEWEST = 5;

  /** So many pages are told apart at each place. */
  private static final int WIDEST = 10;

  /** Of so many places in memory; what visits did beyond is not told apart. */
  private static final int MOST_NODES = 200_000;

  private static final String OTHER = "(other)";

  /** A page that visits came to on one way from the root. */
  private static final class Node {
    private final int page;
    private final Map<Integer, Node> children = new HashMap<>(2);
    private long visits;

    /** Visits that went on, to pages for which there was no room. */
    private long lost;

    Node(int page) {
      this.page = page;
    }

    long visits() {
      return visits;
    }

    /** Visits of which this was the end. */
    long ended() {
      return visits - lost - children.values().stream().mapToLong(Node::visits).sum();
    }

    /** The children that are told apart, the most frequent first. */
    List<Node> shown() {
      return children.values().stream()
          .filter(child -> child.visits >= FEWEST)
          .sorted(
              Comparator.comparingLong(Node::visits).reversed().thenComparing(child -> child.page))
          .limit(WIDEST)
          .toList();
    }
  }

  private final Node root = new Node(0);
  private final int depth;
  private final int mostNodes;
  private int nodes;

  /**
   * @param depth how far visits are followed
   */
  PathTree(int depth) {
    this(depth, MOST_NODES);
  }

  PathTree(int depth, int mostNodes) {
    this.depth = depth;
    this.mostNodes = mostNodes;
  }

  /**
   * Counts a visit.
   *
   * @param path the pages that it went to from the root, in order; no more than the depth
   */
  void add(int[] path) {
    Node node = root;
    node.visits++;
    for (int page : path) {
      Node child = node.children.get(page);
      if (child == null) {
        if (nodes >= mostNodes) {
          node.lost++;
          return;
        }
        nodes++;
        child = new Node(page);
        node.children.put(page, child);
      }
      node = child;
      node.visits++;
    }
  }

  /** How many visits were counted. */
  long visits() {
    return root.visits;
  }

  /** Numbers of the pages that {@link #json} names. */
  Set<Integer> pages() {
    Set<Integer> pages = new TreeSet<>();
    collect(root, pages);
    return pages;
  }

  private static void collect(Node node, Set<Integer> pages) {
    for (Node child : node.shown()) {
      pages.add(child.page);
      collect(child, pages);
    }
  }

  /**
   * What follows the root, each page with what follows it.
   *
   * @param names of pages by their numbers
   * @param end what stands for the end of visits
   */
  JsonArray json(Map<Integer, String> names, String end) {
    return json(root, 1, names, end);
  }

  private JsonArray json(Node node, int level, Map<Integer, String> names, String end) {
    JsonArray json = new JsonArray();
    long told = 0;
    for (Node child : byName(node.shown(), names)) {
      String name = names.getOrDefault(child.page, OTHER);
      if (name.equals(OTHER)) {
        continue;
      }
      JsonObject shown = shown(name, child.visits);
      if (level < depth) {
        shown.put("next", json(child, level + 1, names, end));
      }
      json.add(shown);
      told += child.visits;
    }
    if (node.ended() >= FEWEST) {
      json.add(shown(end, node.ended()));
      told += node.ended();
    }
    return told == node.visits ? json : json.add(shown(OTHER, node.visits - told));
  }

  /** The most frequent first; numbers of pages say nothing to those who read. */
  private static List<Node> byName(List<Node> nodes, Map<Integer, String> names) {
    return nodes.stream()
        .sorted(
            Comparator.comparingLong(Node::visits)
                .reversed()
                .thenComparing(node -> names.getOrDefault(node.page, OTHER)))
        .toList();
  }

  private static JsonObject shown(String page, long visits) {
    return new JsonObject().put("page", page).put("visits", visits);
  }
}
