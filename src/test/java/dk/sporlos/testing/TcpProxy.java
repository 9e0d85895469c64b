package dk.sporlos.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between a client and a server, and fails as a network does when a test says so. */
public final class TcpProxy implements AutoCloseable {

  /** What PostgreSQL's clients begin with when they tidy up after an answer they have. */
  private static final byte CLOSE_STATEMENT = 'C';

  private final String host;
  private final int serverPort;
  private final int port;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private ServerSocket listener;
  private boolean paused; // guarded by this object
  private volatile boolean loseNextAnswer;
  private volatile boolean losing;

  /** Listens on a port that the system chose. */
  public TcpProxy(String host, int serverPort) {
    this.host = host;
    this.serverPort = serverPort;
    this.port = listen(0);
  }

  public int port() {
    return port;
  }

  /** Passes on what the client asks next, and cuts the connection when the server answers. */
  public void loseNextAnswer() {
    loseNextAnswer = true;
  }

  /** Passes nothing on, and keeps connections open. */
  public synchronized void pause() {
    paused = true;
  }

  /** Passes on what has come meanwhile. */
  public synchronized void resume() {
    paused = false;
    notifyAll();
  }

  /** Cuts every connection, and takes no other. */
  public void cut() {
    closeQuietly(listener);
    cutConnections();
  }

  /** Takes connections again. */
  public void mend() {
    listen(port);
  }

  private int listen(int wanted) {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
      listener = socket;
      start(() -> accept(socket));
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void accept(ServerSocket socket) {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        Socket server = new Socket(host, serverPort);
        open.add(client);
        open.add(server);
        if (socket.isClosed()) {
          // It may be accepted while the listener is being closed.
          closeQuietly(client);
          closeQuietly(server);
        }
        start(() -> pass(client, server, false));
        start(() -> pass(server, client, true));
      } catch (IOException closed) {
        // The loop ends if it was the listener.
      }
    }
  }

  private void pass(Socket from, Socket to, boolean answers) {
    byte[] buffer = new byte[65_536];
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      int length = in.read(buffer);
      while (length >= 0) {
        awaitResumption();
        if (answers && losing) {
          losing = false;
          return;
        }
        if (!answers && loseNextAnswer && buffer[0] != CLOSE_STATEMENT) {
          // Not before: the rest of an earlier answer may be on its way.
          loseNextAnswer = false;
          losing = true;
        }
        out.write(buffer, 0, length);
        length = in.read(buffer);
      }
    } catch (IOException closed) {
      // Either side has gone.
    }
  }

  private synchronized void awaitResumption() {
    while (paused) {
      try {
        wait();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void cutConnections() {
    open.forEach(TcpProxy::closeQuietly);
    open.clear();
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception alreadyGone) {
      // It is what was wanted.
    }
  }

  @Override
  public void close() {
    resume();
    cut();
  }
}
