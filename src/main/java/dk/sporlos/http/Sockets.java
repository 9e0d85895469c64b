package dk.sporlos.http;

import dk.sporlos.http.HttpListener.ListenException;
import dk.sporlos.settings.Endpoint;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.impl.transports.NioTransport;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The sockets that a process listens with. A port can be shared with the process's successor, and a
 * socket can be bound long before anything is accepted on it: connections wait in the kernel.
 */
public final class Sockets {

  /*
   * The kernel gives each connection to one of the sockets that share a port, by a hash. What waits
   * at one that is closed it resets, unless net.ipv4.tcp_migrate_req is 1. So a socket is emptied in
   * the step in which it is closed, and only what comes within these microseconds is lost, or what
   * has not finished its handshake.
   *
   * Sockets are shared while a successor asks for it, and not from the beginning: a second
   * installation on a port that is in use has to fail, and not to take half of the visitors.
   */
  private final Map<Endpoint, ServerSocketChannel> reserved = new ConcurrentHashMap<>();
  private final Set<EmptiedSocket> open = ConcurrentHashMap.newKeySet();

  // Vert.x asks for a socket without saying what for. Listeners are opened one after the other.
  private final AtomicReference<@Nullable Next> next = new AtomicReference<>();
  private final AtomicReference<@Nullable EmptiedSocket> latest = new AtomicReference<>();

  /** What is known of a socket before it is asked for. */
  private record Next(@Nullable ServerSocketChannel bound, @Nullable Connections connections) {}

  /** What Vert.x has to be made with, so that it listens with these. */
  public Transport transport() {
    return new SocketTransport(this);
  }

  private record SocketTransport(Sockets sockets) implements Transport {

    @Override
    public String name() {
      return "nio";
    }

    @Override
    public boolean available() {
      return true;
    }

    @Override
    public @Nullable Throwable unavailabilityCause() {
      return null;
    }

    @Override
    public io.vertx.core.spi.transport.Transport implementation() {
      return new NioTransport() {
        @Override
        public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
          return domainSocket ? super.serverChannelFactory(true) : sockets::create;
        }
      };
    }
  }

  private EmptiedSocket create() {
    Next known = next.getAndSet(null);
    ServerSocketChannel bound = known == null ? null : known.bound();
    Connections connections = known == null ? null : known.connections();
    EmptiedSocket socket =
        bound == null ? new EmptiedSocket(connections) : new EmptiedSocket(bound, connections);
    open.add(socket);
    socket.closeFuture().addListener(closed -> open.remove(socket));
    latest.set(socket);
    return socket;
  }

  /**
   * Binds a socket to a port that the predecessor shares. Blocks.
   *
   * @throws ListenException if that cannot be
   */
  public void reserve(Endpoint endpoint, String setting) {
    try {
      ServerSocketChannel channel = ServerSocketChannel.open();
      try {
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
        channel.bind(new InetSocketAddress(endpoint.host(), endpoint.port()), NetUtil.SOMAXCONN);
        reserved.put(endpoint, channel);
      } catch (IOException | RuntimeException failure) {
        channel.close();
        throw failure;
      }
    } catch (IOException | RuntimeException failure) {
      throw new ListenException(endpoint, setting, failure);
    }
  }

  /** Closes what was reserved and is not listened with. */
  public void abandon() throws IOException {
    for (Endpoint endpoint : Set.copyOf(reserved.keySet())) {
      ServerSocketChannel channel = reserved.remove(endpoint);
      if (channel != null) {
        channel.close();
      }
    }
  }

  /** Lets a successor listen on the same ports, or nobody any more. */
  public void share(boolean shared) {
    open.forEach(
        socket ->
            socket
                .config()
                .setOption(NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT), shared));
  }

  /**
   * The next socket is for this endpoint.
   *
   * @param connections that bounds how many may come of it
   */
  void expect(Endpoint endpoint, Connections connections) {
    next.set(new Next(reserved.remove(endpoint), connections));
    latest.set(null);
  }

  /**
   * Stops to listen with the latest socket, now or later.
   *
   * @return does it, once all that waited there is accepted
   */
  Closing latest() {
    EmptiedSocket socket = latest.get();
    return () -> {
      Promise<Void> closed = Promise.promise();
      if (socket == null) {
        closed.complete();
      } else {
        socket.close().addListener(done -> closed.complete());
      }
      return closed.future();
    };
  }

  /** Ends the listening of one socket, and leaves its connections alone. */
  interface Closing {
    Future<Void> close();
  }

  /** Accepts all that waits before it is closed. */
  private static final class EmptiedSocket extends NioServerSocketChannel {
    private final AtomicInteger accepted = new AtomicInteger();
    private final @Nullable Connections connections;
    private volatile boolean listening;

    EmptiedSocket(@Nullable Connections connections) {
      this.connections = connections;
    }

    EmptiedSocket(ServerSocketChannel bound, @Nullable Connections connections) {
      super(bound);
      this.connections = connections;
    }

    /* Vert.x tells of a connection by TLS once hands are shaken, and until then it would cost
     * nothing to open any number of them. */
    @Override
    protected int doReadMessages(List<Object> found) throws Exception {
      int read = super.doReadMessages(found);
      if (read == 1 && connections != null) {
        Channel connection = (Channel) found.get(found.size() - 1);
        if (accepted.incrementAndGet() > connections.limits().maximum()) {
          accepted.decrementAndGet();
          connections.closed(Connections.Closing.TOO_MANY);
          found.remove(found.size() - 1);
          connection.unsafe().closeForcibly();
          return 0;
        }
        connection.closeFuture().addListener(closed -> accepted.decrementAndGet());
      }
      return read;
    }

    /* Before, a socket that was reserved would be read from by a pipeline that is not complete. */
    @Override
    public boolean isActive() {
      return listening && super.isActive();
    }

    @Override
    protected void doBind(SocketAddress address) throws Exception {
      if (!javaChannel().socket().isBound()) {
        super.doBind(address);
      } else if (((InetSocketAddress) address).getPort() != javaChannel().socket().getLocalPort()) {
        throw new BindException("this socket was reserved for another port");
      }
      listening = true;
    }

    @Override
    protected void doClose() throws Exception {
      try {
        SocketChannel waiting = isActive() ? javaChannel().accept() : null;
        while (waiting != null) {
          pipeline().fireChannelRead(new NioSocketChannel(this, waiting));
          waiting = javaChannel().accept();
        }
      } finally {
        super.doClose();
      }
    }
  }
}
