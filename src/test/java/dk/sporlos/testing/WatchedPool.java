package dk.sporlos.testing;

import io.vertx.sqlclient.Pool;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/** A pool that counts what is asked of it. */
public final class WatchedPool {
  private final AtomicInteger statements = new AtomicInteger();
  private final Pool pool;

  public WatchedPool(Pool real) {
    this.pool =
        (Pool)
            Proxy.newProxyInstance(
                Pool.class.getClassLoader(),
                new Class<?>[] {Pool.class},
                (proxy, method, arguments) -> {
                  if (method.getName().endsWith("uery")) {
                    statements.incrementAndGet();
                  }
                  try {
                    return method.invoke(real, arguments);
                  } catch (InvocationTargetException failure) {
                    throw failure.getCause();
                  }
                });
  }

  public Pool pool() {
    return pool;
  }

  /** How many statements were asked for outside of transactions. */
  public int statements() {
    return statements.get();
  }
}
