package dk.sporlos.door;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolException;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol.TransportProtocol;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * The PROXY protocol, versions 1 and 2 (haproxy.org, "The PROXY protocol", 2.1 and 2.2), by which a
 * proxy says where a connection comes from before anything else is sent on it.
 */
public final class ProxyProtocol {

  /*
   * Vert.x speaks the protocol too, but shows a connection only once its header was read. Whoever is
   * no proxy of ours could hold connections that nobody has counted, sending a byte every few
   * seconds. Hence the header is read here, on a connection that was let in and is being watched.
   */
  private static final String HTTP_DECODER = "httpDecoder";
  private static final String METER = "sporlos.proxied.refused";

  private final TrustedProxies proxies;
  private final Counter strangers;
  private final Counter garbled;

  public ProxyProtocol(TrustedProxies proxies, MeterRegistry meters) {
    this.proxies = proxies;
    this.strangers = counter(meters, "untrusted-peer");
    this.garbled = counter(meters, "bad-header");
  }

  private static Counter counter(MeterRegistry meters, String reason) {
    return Counter.builder(METER)
        .description("Connections closed on the listener of the PROXY protocol")
        .tag("reason", reason)
        .register(meters);
  }

  /**
   * Takes a connection of which nothing was read yet: reads the header first if it is a trusted
   * proxy's, and closes it if not. One with a header that cannot be read is closed, too.
   */
  public void accept(HttpConnection connection) {
    if (!proxies.trusts(Sender.peer(connection.remoteAddress(/* real= */ true)))) {
      strangers.increment();
      connection.close();
      return;
    }
    ChannelPipeline pipeline =
        ((HttpServerConnection) connection).channelHandlerContext().pipeline();
    pipeline
        .addBefore(HTTP_DECODER, null, new HAProxyMessageDecoder())
        .addBefore(HTTP_DECODER, null, new Header(connection));
  }

  /** Notes what the header says, and leaves; requests follow. */
  private final class Header extends SimpleChannelInboundHandler<HAProxyMessage> {

    private final HttpConnection connection;
    private boolean refused;

    Header(HttpConnection connection) {
      this.connection = connection;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HAProxyMessage header) {
      HAProxyProxiedProtocol protocol = header.proxiedProtocol();
      if (protocol.transportProtocol() == TransportProtocol.DGRAM) {
        refuse();
        return;
      }
      // Without an address the proxy speaks for itself: a health check (LOCAL), or UNKNOWN.
      String source = header.sourceAddress();
      if (protocol.transportProtocol() == TransportProtocol.STREAM && source != null) {
        context.channel().attr(ConnectionBase.REMOTE_ADDRESS_OVERRIDE).set(client(header, source));
      }
      context.pipeline().remove(this);
    }

    /* Once: what the decoder still holds when the connection closes is no better. */
    private void refuse() {
      if (!refused) {
        refused = true;
        garbled.increment();
        connection.close();
      }
    }

    private static SocketAddress client(HAProxyMessage header, String source) {
      return header.proxiedProtocol() == HAProxyProxiedProtocol.UNIX_STREAM
          ? SocketAddress.domainSocketAddress(source)
          : SocketAddress.inetSocketAddress(header.sourcePort(), source);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
      if (failure instanceof HAProxyProtocolException
          || failure.getCause() instanceof HAProxyProtocolException) {
        refuse();
      } else {
        context.fireExceptionCaught(failure);
      }
    }
  }
}
