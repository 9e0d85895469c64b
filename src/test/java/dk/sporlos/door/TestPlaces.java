package dk.sporlos.door;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a small database of places in the format MMDB 2.0: one IPv4 network, one of IPv6. */
final class TestPlaces {
  private static final int RECORD_SIZE = 24;
  private static final byte[] MARKER = {
    (byte) 0xab, (byte) 0xcd, (byte) 0xef, 'M', 'a', 'x', 'M', 'i', 'n', 'd', '.', 'c', 'o', 'm'
  };

  private TestPlaces() {}

  /** As GeoLite2-City has it. */
  static Map<String, Object> nested(String country, String region, String city) {
    return Map.of(
        "country", Map.of("iso_code", country),
        "subdivisions", List.of(Map.of("iso_code", region)),
        "city", Map.of("names", Map.of("en", city)));
  }

  /**
   * Writes a file.
   *
   * @param entry what is known of both networks
   * @param built in seconds since 1970
   */
  static void write(Path file, int built, Map<String, Object> entry) throws IOException {
    Tree tree = new Tree();
    tree.add(ByteBuffer.allocate(16).putInt(12, 0xc6336400).array(), 96 + 24); // 198.51.100.0
    tree.add(ByteBuffer.allocate(16).putInt(0x20010db8).array(), 48); // 2001:db8::

    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(tree.bytes());
    bytes.writeBytes(new byte[16]);
    write(bytes, entry);
    bytes.writeBytes(MARKER);
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("binary_format_major_version", 2);
    metadata.put("binary_format_minor_version", 0);
    metadata.put("build_epoch", built);
    metadata.put("database_type", "Test");
    metadata.put("description", Map.of("en", "test"));
    metadata.put("ip_version", 6);
    metadata.put("languages", List.of("en"));
    metadata.put("node_count", tree.size());
    metadata.put("record_size", RECORD_SIZE);
    write(bytes, metadata);
    Files.write(file, bytes.toByteArray());
  }

  private static void write(ByteArrayOutputStream bytes, Object value) {
    if (value instanceof Map<?, ?> map) {
      bytes.write(7 << 5 | map.size());
      map.forEach(
          (key, content) -> {
            write(bytes, key);
            write(bytes, content);
          });
    } else if (value instanceof List<?> list) {
      bytes.write(list.size());
      bytes.write(11 - 7);
      list.forEach(content -> write(bytes, content));
    } else if (value instanceof Integer number) {
      bytes.write(6 << 5 | 4);
      bytes.writeBytes(ByteBuffer.allocate(4).putInt(number).array());
    } else {
      byte[] text = String.valueOf(value).getBytes(StandardCharsets.UTF_8);
      bytes.write(2 << 5 | text.length);
      bytes.writeBytes(text);
    }
  }

  /** The search tree; every network has the same entry, the first of the data. */
  private static final class Tree {
    private static final int NOTHING = -1;
    private static final int ENTRY = -2;

    private final List<int[]> nodes = new ArrayList<>();

    Tree() {
      nodes.add(new int[] {NOTHING, NOTHING});
    }

    /** Adds a network. */
    void add(byte[] address, int length) {
      int node = 0;
      for (int bit = 0; bit < length; bit++) {
        int side = address[bit / 8] >> (7 - bit % 8) & 1;
        if (bit == length - 1) {
          nodes.get(node)[side] = ENTRY;
        } else {
          if (nodes.get(node)[side] == NOTHING) {
            nodes.add(new int[] {NOTHING, NOTHING});
            nodes.get(node)[side] = nodes.size() - 1;
          }
          node = nodes.get(node)[side];
        }
      }
    }

    int size() {
      return nodes.size();
    }

    byte[] bytes() {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      for (int[] node : nodes) {
        for (int side : node) {
          int record = side == NOTHING ? size() : side == ENTRY ? size() + 16 : side;
          bytes.write(record >> 16);
          bytes.write(record >> 8);
          bytes.write(record);
        }
      }
      return bytes.toByteArray();
    }
  }
}
