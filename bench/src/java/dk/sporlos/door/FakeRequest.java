package dk.sporlos.door;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.SocketAddress;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;

/** As much of a request as the door looks at, without a connection. */
final class FakeRequest implements InvocationHandler {
  private static final SocketAddress PEER = SocketAddress.inetSocketAddress(40_000, "127.0.0.1");

  private final MultiMap headers = HttpHeaders.headers();

  /** Takes header fields, and nobody reads them. */
  private final HttpServerResponse response =
      (HttpServerResponse)
          Proxy.newProxyInstance(
              FakeRequest.class.getClassLoader(),
              new Class<?>[] {HttpServerResponse.class},
              (proxy, method, arguments) -> {
                if (method.getName().equals("headers")) {
                  return HttpHeaders.headers();
                }
                throw new UnsupportedOperationException(method.getName());
              });

  private FakeRequest(Map<String, String> headers) {
    headers.forEach(this.headers::add);
  }

  static HttpServerRequest with(Map<String, String> headers) {
    return (HttpServerRequest)
        Proxy.newProxyInstance(
            FakeRequest.class.getClassLoader(),
            new Class<?>[] {HttpServerRequest.class},
            new FakeRequest(headers));
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "headers" -> headers;
      case "getHeader" -> headers.get(arguments[0].toString());
      case "remoteAddress" -> PEER;
      case "method" -> HttpMethod.POST;
      case "path" -> "/b";
      case "isSSL" -> false;
      case "response" -> response;
      default -> throw new UnsupportedOperationException(method.getName());
    };
  }
}
