package dk.sporlos.http;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpMessage;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;

/** Reads requests as Vert.x does, but refuses one whose length is said in two ways. */
final class StrictDecoder extends VertxHttpRequestDecoder {

  /*
   * With Content-Length beside Transfer-Encoding a proxy may see other requests than we do (request
   * smuggling). RFC 9112 6.1 lets a server refuse such a request or drop the length, and close the
   * connection in either case. Netty drops it and tells nobody, hence this way into the pipeline.
   */
  private static final String DECODER_OF_VERTX = "httpDecoder";

  private StrictDecoder(HttpServerOptions options) {
    super(options);
  }

  /** Makes a connection strict, of which nothing was read yet; one of HTTP/2 is already. */
  static void install(HttpConnection connection, HttpServerOptions options) {
    ChannelPipeline pipeline =
        ((HttpServerConnection) connection).channelHandlerContext().pipeline();
    if (pipeline.get(DECODER_OF_VERTX) != null) {
      pipeline.replace(DECODER_OF_VERTX, DECODER_OF_VERTX, new StrictDecoder(options));
    }
  }

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    throw new IllegalArgumentException("Content-Length beside Transfer-Encoding");
  }
}
