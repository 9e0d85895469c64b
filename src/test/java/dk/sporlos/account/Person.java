package dk.sporlos.account;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.testing.RunningApplication;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.codec.binary.Base32;

/** Somebody with a browser, which keeps cookies: gets pages and sends the forms on them. */
final class Person {
  static final String PASSWORD = "en hest spiser gulerødder";

  private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([\\w-]+)\"");
  private static final Pattern KEY = Pattern.compile("<code>((?:[A-Z2-7]{4} ?)+)</code>");
  private static final Pattern CODE = Pattern.compile("<li><code>([A-Z2-7-]{19})</code>");

  private final RunningApplication application;
  private final String email;
  private final Map<String, String> cookies = new HashMap<>();
  private String page = "";

  Person(RunningApplication application, String email) {
    this.application = application;
    this.email = email;
  }

  /** Makes the first account, which is this person's. */
  Person setUp() throws IOException, InterruptedException {
    join(application.linkToSetUp());
    return this;
  }

  /** Opens a link to an account. */
  void join(String link) throws IOException, InterruptedException {
    HttpResponse<String> joined =
        post(link, Map.of("email", email, "name", "Anna", "password", PASSWORD));
    assertThat(joined.statusCode()).isEqualTo(303);
  }

  HttpResponse<String> signIn() throws IOException, InterruptedException {
    return post("/sign-in", Map.of("email", email, "password", PASSWORD));
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(application.request(path));
  }

  /** Sends a form with the token that the last page had, if it had one. */
  HttpResponse<String> post(String path, Map<String, String> fields)
      throws IOException, InterruptedException {
    Map<String, String> said = new HashMap<>(fields);
    Matcher token = TOKEN.matcher(page);
    if (token.find()) {
      said.putIfAbsent("token", token.group(1));
    }
    String body =
        said.entrySet().stream()
            .map(field -> field.getKey() + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    return send(application.request(path).POST(BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
              .collect(Collectors.joining("; ")));
    }
    HttpResponse<String> answer = application.send(request.header("Accept-Language", "en"));
    answer.headers().allValues("set-cookie").forEach(this::keep);
    if (answer.statusCode() != 303) {
      page = answer.body();
    }
    return answer;
  }

  private void keep(String set) {
    String cookie = set.substring(0, set.indexOf(';'));
    String name = cookie.substring(0, cookie.indexOf('='));
    if (set.contains("Max-Age=0")) {
      cookies.remove(name);
    } else {
      cookies.put(name, cookie.substring(name.length() + 1));
    }
  }

  /** What the browser shows as the session; empty if nothing. */
  String session() {
    return cookies.getOrDefault("sporlos-session", "");
  }

  /** Shows another session from now on. */
  void show(String session) {
    cookies.put("sporlos-session", session);
  }

  /** Forgets all cookies. */
  void forget() {
    cookies.clear();
    page = "";
  }

  /** The code that a device shows into which the key of the last page was put. */
  Totp device() {
    Matcher key = KEY.matcher(page);
    assertThat(key.find()).as("a key is on the page").isTrue();
    return new Totp(Buffer.buffer(new Base32().decode(key.group(1).replace(" ", ""))));
  }

  /** The codes that the last page gave for the loss of the device. */
  List<String> recoveryCodes() {
    return CODE.matcher(page).results().map(found -> found.group(1)).toList();
  }

  static String code(Totp device, Clock clock) {
    return device.code(clock.instant().getEpochSecond() / 30);
  }

  static String location(HttpResponse<?> answer) {
    return answer.headers().firstValue("location").orElse("");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
