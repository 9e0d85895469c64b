package dk.sporlos.door;

import io.vertx.core.http.HttpServerResponse;

/**
 * The delivery of a beacon whose answer gives the browser a cookie, or takes one back: only where
 * it was stored.
 */
record GivingCookie(Delivery delivery, HttpServerResponse response, String setCookie)
    implements Delivery {

  @Override
  public void done() {
    Cookies.add(response, setCookie);
    delivery.done();
  }

  @Override
  public void failed(Throwable failure) {
    delivery.failed(failure);
  }

  @Override
  public String toString() {
    return "GivingCookie";
  }
}
