package dk.sporlos.intake;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Requests that carry a beacon or what looks like one, drawn at random. */
final class RandomRequests {
  private static final List<String> VALUES =
      List.of(
          "\"example.com\"",
          "\"https://example.com/kim%40example.dk?utm_source=a&q=%zz#/x\"",
          "\"https://www.example.com/\"",
          "\"https://a.b.c.example.com:8080/ø\"",
          "\"pageview\"",
          "\"engagement\"",
          "\"\\ud800\"",
          "\"\\u0000\\u0085\"",
          "\"DKK\"",
          "\"\"",
          "null",
          "true",
          "0",
          "-1",
          "1e999999999",
          "1e-999999999",
          "-0.0",
          "99999999999999999999999999",
          "[[[[]]]]",
          "{\"amount\": 1e300, \"currency\": \"DKK\"}",
          "{\"amount\": \"12.50\", \"currency\": \"DKK\"}",
          "{\"plan\": \"010190-1234\", \"email\": \"a@b.dk\", \"x\": {}}",
          "{\"a\": 1, \" a\": 2, \"\": 3}",
          "\"" + "eyJ".repeat(600) + "\"",
          "\"https://" + "a.".repeat(900) + "b/\"",
          "[".repeat(1_500));

  private static final List<String> KEYS =
      List.of("d", "u", "n", "r", "p", "$", "e", "sd", "i", "w", "c", "k", "a", "b", "v", "x");

  private static final List<String> HEADERS =
      List.of(
          "Host",
          "User-Agent",
          "Accept-Language",
          "Content-Type",
          "Content-Encoding",
          "Cookie",
          "Origin",
          "Upgrade",
          "X-Forwarded-For",
          "Forwarded",
          "X-Real-IP",
          "DNT",
          "Sec-GPC",
          "Sec-Purpose",
          "Sec-Fetch-Mode",
          "Sec-CH-UA",
          "Sec-CH-UA-Platform",
          "Sec-CH-UA-Platform-Version",
          "Authorization",
          "Range",
          "If-None-Match");

  private static final List<String> HEADER_VALUES =
      List.of(
          "",
          "1",
          "gzip",
          "websocket",
          "prefetch",
          "navigate",
          ",,,",
          "da-DK,da;q=0.9",
          ";",
          "-",
          "for=\"[2001:db8::1]:80\", for=",
          "192.0.2.1, ::ffff:192.0.2.1, unknown",
          "\"A\";v=\"1\", \"Headless\";v=\"99999\"",
          "\u00ff\u00fe",
          "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0");

  private static final String AGENT =
      "User-Agent: Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0\r\n";

  private static final String LANGUAGE = "Accept-Language: da\r\n";

  private final Random random;

  RandomRequests(Random random) {
    this.random = random;
  }

  /** A request that any server can take apart, with one beacon that may be none. */
  byte[] beacon() {
    return random.nextInt(4) == 0 ? image() : post();
  }

  private byte[] image() {
    String target = prefix() + "/b.gif?" + query();
    return bytes("GET " + target + " " + version() + headers() + "\r\n");
  }

  private String query() {
    StringBuilder query = new StringBuilder();
    for (int i = 0; i < random.nextInt(8); i++) {
      String value = value().replaceAll("[^!-~]", "%FF");
      boolean isText = value.startsWith("\"") && random.nextBoolean();
      query.append(one(KEYS)).append('=').append(isText ? value.replace("\"", "") : value);
      query.append(one(List.of("&", "&", ";", "&&", "%", "%zz", "&%C3=%28", "&=")));
    }
    return query.toString();
  }

  private byte[] post() {
    byte[] body = body();
    String line = "POST " + prefix() + "/b" + one(List.of("", "?x=1", "?%zz")) + " ";
    if (random.nextInt(3) > 0) {
      String length = "Content-Length: " + body.length + "\r\n\r\n";
      return joined(bytes(line + version() + headers() + length), body);
    }
    String head =
        line + "HTTP/1.1\r\nHost: x\r\n" + headers() + "Transfer-Encoding: chunked\r\n\r\n";
    return joined(bytes(head), chunked(body));
  }

  private byte[] chunked(byte[] body) {
    byte[] all = new byte[0];
    for (int at = 0; at < body.length; ) {
      int size = Math.min(body.length - at, 1 + random.nextInt(5_000));
      String begin = Integer.toHexString(size) + one(List.of("", ";a=b")) + "\r\n";
      all = joined(all, bytes(begin), Arrays.copyOfRange(body, at, at + size), bytes("\r\n"));
      at += size;
    }
    return joined(all, bytes("0\r\n" + one(List.of("", "Trailer: x\r\n")) + "\r\n"));
  }

  private byte[] body() {
    return switch (random.nextInt(8)) {
      case 0 -> drawn(random.nextInt(300));
      case 1 -> ("\ufeff" + json()).getBytes(StandardCharsets.UTF_8);
      case 2 -> (json() + json()).getBytes(StandardCharsets.UTF_8);
      case 3 -> drawn(60_000 + random.nextInt(10_000));
      case 4 -> mutated(json().getBytes(StandardCharsets.UTF_8));
      default -> json().getBytes(StandardCharsets.UTF_8);
    };
  }

  private String json() {
    StringBuilder json =
        new StringBuilder("{\"d\": \"example.com\", \"u\": \"https://example.com/\"");
    for (int i = 0; i < random.nextInt(3); i++) {
      json.append(", \"").append(one(KEYS)).append("\": ").append(value());
    }
    return json.append('}').toString();
  }

  private String value() {
    return one(VALUES);
  }

  private String prefix() {
    return random.nextInt(8) == 0 ? "http://example.com" : "";
  }

  private String version() {
    return one(List.of("HTTP/1.1\r\nHost: x\r\n", "HTTP/1.1\r\nHost: x\r\n", "HTTP/1.0\r\n"));
  }

  private String headers() {
    StringBuilder headers = new StringBuilder("Connection: close\r\n");
    headers.append(random.nextInt(4) > 0 ? AGENT + LANGUAGE : "");
    for (int i = 0; i < random.nextInt(5); i++) {
      headers.append(one(HEADERS)).append(": ").append(one(HEADER_VALUES)).append("\r\n");
    }
    return headers.toString();
  }

  /** Bytes that may have been a request, or several, before something happened to them. */
  byte[] garbage() {
    byte[] request = random.nextInt(5) == 0 ? joined(beacon(), beacon()) : beacon();
    return switch (random.nextInt(6)) {
      case 0 -> Arrays.copyOf(request, random.nextInt(request.length));
      case 1 -> drawn(1 + random.nextInt(200));
      case 2 -> bytes(one(LINES) + "\r\nConnection: close\r\n\r\n");
      default -> mutated(request);
    };
  }

  private static final List<String> LINES =
      List.of(
          "PRI * HTTP/2.0\r\n\r\nSM",
          "OPTIONS * HTTP/1.1",
          "OPTIONS /b HTTP/1.1",
          "HEAD /b HTTP/1.1",
          "HEAD /b.gif HTTP/1.1",
          "PUT /b HTTP/1.1",
          "POST /b.gif HTTP/1.1",
          "POST /b/ HTTP/1.1",
          "POST //b HTTP/1.1",
          "POST /./b HTTP/1.1",
          "POST /%62 HTTP/1.1",
          "POST /b%00 HTTP/1.1",
          "GET /%zz HTTP/1.1",
          "GET /%C3%28 HTTP/1.1",
          "GET b.gif HTTP/1.1",
          "GET ?x HTTP/1.1",
          "GET  HTTP/1.1",
          "GET http:// HTTP/1.1",
          "GET http://[/b.gif HTTP/1.1",
          "GET /b.gif?" + "x".repeat(9_000) + " HTTP/1.1",
          "GET /b.gif HTTP/1.1\r\nX: " + "x".repeat(20_000),
          "GET /b.gif HTTP/1.1\r\n" + "X: x\r\n".repeat(3_000),
          "CONNECT example.com:443 HTTP/1.1",
          "TRACE /b HTTP/1.1",
          "b\u00f8 /b HTTP/1.1",
          "POST /b HTTP/9.9",
          "POST /b HTTP/1.1\r\nContent-Length: -1",
          "POST /b HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2",
          "POST /b HTTP/1.1\r\nContent-Length: 99999999999999999999",
          "POST /b HTTP/1.1\r\nTransfer-Encoding: gzip, chunked",
          "POST /b HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 5",
          "POST /b HTTP/1.1\r\nExpect: 200-maybe",
          "POST /b HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 5",
          "GET /b.gif HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade",
          "GET /b.gif HTTP/1.1\r\n folded: x");

  private byte[] mutated(byte[] bytes) {
    byte[] mutated = bytes.clone();
    for (int i = 0; i <= random.nextInt(4) && mutated.length > 0; i++) {
      int at = random.nextInt(Math.min(mutated.length, 400));
      mutated[at] =
          one(
              List.of(
                  (byte) 0,
                  (byte) '\r',
                  (byte) '\n',
                  (byte) ' ',
                  (byte) 0xff,
                  (byte) '%',
                  (byte) ':',
                  (byte) '"'));
    }
    return mutated;
  }

  private byte[] drawn(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private <T> T one(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
