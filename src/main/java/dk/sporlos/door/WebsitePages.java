package dk.sporlos.door;

import dk.sporlos.settings.Network;
import dk.sporlos.site.HostName;
import dk.sporlos.site.Site;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads what lies at addresses of a registered site, and at no others: whoever may ask for it must
 * not reach by us what they could not reach by themselves (server-side request forgery).
 */
public final class WebsitePages {

  /*
   * A name is looked up once, every address of it has to be one of the public Internet, and the
   * connection goes to the address that was looked at: a second look-up might say another. Names of
   * this machine, which an operator has to register or allow, lead to its loopback alone. What a page
   * redirects to is held against the same rules.
   */
  private static final List<Network> NOT_PUBLIC =
      Network.parseAll(
          "0.0.0.0/8,10.0.0.0/8,100.64.0.0/10,127.0.0.0/8,169.254.0.0/16,172.16.0.0/12,192.0.0.0/24,"
              + "192.0.2.0/24,192.88.99.0/24,192.168.0.0/16,198.18.0.0/15,198.51.100.0/24,"
              + "203.0.113.0/24,224.0.0.0/4,240.0.0.0/4,::/96,64:ff9b::/96,64:ff9b:1::/48,100::/64,"
              + "2001::/23,2001:db8::/32,2002::/16,3fff::/20,5f00::/16,fc00::/7,fe80::/10,fec0::/10,"
              + "ff00::/8");

  private static final List<Network> LOOPBACK = Network.parseAll("127.0.0.0/8,::1/128");
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MOST_REDIRECTS = 5;
  private static final int LONGEST_ADDRESS = 2_000;

  /** Of a page; what is longer is not read to its end. */
  private static final int MOST_BYTES = 1_000_000;

  /**
   * What lies at an address.
   *
   * @param address at which it was found, after redirects
   * @param type its content type; empty if it says none
   * @param policies each header {@code Content-Security-Policy}
   * @param text as far as it was read
   */
  public record Found(URI address, int status, String type, List<String> policies, String text) {}

  /** An address was not read, for a reason that its message names to whoever asked for it. */
  public static final class NotReadException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotReadException(String message) {
      super(message, null, false, false);
    }
  }

  private final Vertx vertx;
  private final HttpClientAgent client;

  public WebsitePages(Vertx vertx) {
    this.vertx = vertx;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout((int) PATIENCE.toMillis())
                .setDecompressionSupported(true)
                .setKeepAlive(false));
  }

  /** Whether an address is one that may be read for a site; a message says why not, else null. */
  static @Nullable String objection(Site site, URI address) {
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    String host = address.getHost();
    if (host == null
        || address.getRawUserInfo() != null
        || !(scheme.equals("https") || scheme.equals("http"))) {
      return "this is no address of a page; write one as in https://" + site.domain() + "/";
    }
    String name = HostName.canonical(host);
    if (!site.hasPagesOn(name)) {
      return "the address is on a host that is not the site's; see its setting hosts";
    }
    boolean usual =
        address.getPort() < 0 || address.getPort() == (scheme.equals("https") ? 443 : 80);
    return usual || HostName.isLocal(name)
        ? null
        : "pages are read at the usual ports of http and https alone";
  }

  /** Reads an address. Fails with {@link NotReadException} where nothing is found. */
  public Future<Found> read(Site site, String address) {
    URI uri = parse(address);
    return (uri == null
            ? Future.<Found>failedFuture(
                new NotReadException(
                    "this is no address of a page; write one as in https://" + site.domain() + "/"))
            : read(site, uri, MOST_REDIRECTS))
        .timeout(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .recover(
            failure ->
                Future.failedFuture(
                    failure instanceof NotReadException
                        ? failure
                        : new NotReadException("the website does not answer")));
  }

  private static @Nullable URI parse(String address) {
    try {
      return address.length() > LONGEST_ADDRESS ? null : new URI(address.strip());
    } catch (URISyntaxException none) {
      return null;
    }
  }

  private Future<Found> read(Site site, URI address, int redirects) {
    String objection = objection(site, address);
    if (objection != null) {
      return Future.failedFuture(new NotReadException(objection));
    }
    return vertx
        .executeBlocking(() -> resolve(address.getHost()))
        .compose(ip -> get(address, ip))
        .compose(response -> found(site, address, response, redirects));
  }

  /** The address of a host that may be asked. */
  private static String resolve(String host) {
    boolean local = HostName.isLocal(HostName.canonical(host));
    InetAddress[] all;
    try {
      all = InetAddress.getAllByName(host);
    } catch (UnknownHostException unknown) {
      throw new NotReadException("the name of the website's host is not known");
    }
    for (InetAddress one : all) {
      Address ip = Address.parse(one.getHostAddress().replaceFirst("%.*", ""));
      if (ip == null || (local ? !ip.isInAny(LOOPBACK) : ip.isInAny(NOT_PUBLIC))) {
        throw new NotReadException("the website's host has no address of the public Internet");
      }
    }
    return all[0].getHostAddress();
  }

  private Future<HttpClientResponse> get(URI address, String ip) {
    boolean tls = "https".equalsIgnoreCase(address.getScheme());
    int port = address.getPort() > 0 ? address.getPort() : tls ? 443 : 80;
    String path =
        address.getRawPath() == null || address.getRawPath().isEmpty() ? "/" : address.getRawPath();
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setServer(SocketAddress.inetSocketAddress(port, ip))
            .setHost(address.getHost())
            .setPort(port)
            .setSsl(tls)
            .setFollowRedirects(false)
            .setURI(address.getRawQuery() == null ? path : path + "?" + address.getRawQuery())
            .setTimeout(PATIENCE.toMillis())
            .putHeader("Accept", "text/html, */*;q=0.5")
            .putHeader("User-Agent", "Mozilla/5.0 (compatible; Sporlos-Doctor)");
    return client.request(options).compose(request -> request.send());
  }

  private Future<Found> found(Site site, URI address, HttpClientResponse response, int redirects) {
    String location = response.getHeader("Location");
    if (response.statusCode() / 100 == 3 && location != null) {
      response.request().reset();
      URI next = parse(location);
      return next == null || redirects == 0
          ? Future.failedFuture(new NotReadException("the website redirects without end"))
          : read(site, address.resolve(next), redirects - 1);
    }
    String type = Objects.requireNonNullElse(response.getHeader("Content-Type"), "");
    List<String> policies = response.headers().getAll("Content-Security-Policy");
    return body(response)
        .map(
            body ->
                new Found(
                    address,
                    response.statusCode(),
                    type,
                    List.copyOf(policies),
                    body.toString(StandardCharsets.UTF_8)));
  }

  private static Future<Buffer> body(HttpClientResponse response) {
    Promise<Buffer> whole = Promise.promise();
    Buffer read = Buffer.buffer();
    response.exceptionHandler(whole::tryFail);
    response.endHandler(end -> whole.tryComplete(read));
    response.handler(
        chunk -> {
          read.appendBuffer(chunk, 0, Math.min(chunk.length(), MOST_BYTES - read.length()));
          if (read.length() >= MOST_BYTES) {
            whole.tryComplete(read);
            response.request().reset();
          }
        });
    return whole.future();
  }
}
