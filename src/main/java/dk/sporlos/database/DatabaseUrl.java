package dk.sporlos.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.net.ClientSSLOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.net.URLEncoder;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Where a database is and how to sign in: {@code postgresql://user:password@host:port/database},
 * with the parameters {@code sslmode} and {@code sslrootcert} as libpq defines them.
 *
 * @param host name or address; an IPv6 address without brackets
 * @param password null if the server asks for none
 * @param parameters of those that {@link #parse} understands
 */
public record DatabaseUrl(
    String host,
    int port,
    String database,
    String user,
    @Nullable String password,
    Map<String, String> parameters) {

  static final int DEFAULT_PORT = 5432;
  private static final String APPLICATION = "sporlos";
  private static final Set<String> SSL_MODES =
      Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

  public DatabaseUrl {
    requireText(host, "host");
    requireText(database, "database");
    requireText(user, "user");
    if (port < 1 || port > 65535) {
      throw new DatabaseException("The port of a database URL is a number from 1 to 65535.");
    }
    parameters = Map.copyOf(parameters);
    for (String name : parameters.keySet()) {
      if (!name.equals("sslmode") && !name.equals("sslrootcert")) {
        throw new DatabaseException(
            "The database URL has a parameter that Sporløs does not know: %s. Leave it out; known are sslmode and sslrootcert."
                .formatted(name));
      }
    }
    if (!SSL_MODES.contains(parameters.getOrDefault("sslmode", "prefer"))) {
      throw new DatabaseException(
          "The sslmode of a database URL is one of disable, allow, prefer, require, verify-ca and verify-full.");
    }
  }

  private static void requireText(String text, String what) {
    if (text.isEmpty()) {
      throw new DatabaseException(
          "The database URL names no %s. It looks like postgresql://user:password@host/database."
              .formatted(what));
    }
  }

  /**
   * Reads a URL.
   *
   * @throws DatabaseException if it is none, without repeating any part that could be a password
   */
  public static DatabaseUrl parse(String uri) {
    return DatabaseUrlParser.parse(uri);
  }

  /** The URL as psql takes it, with the password. */
  public String uri() {
    return uri(password == null ? "" : ":" + encoded(password));
  }

  private String uri(String secret) {
    return "postgresql://%s%s@%s:%d/%s%s"
        .formatted(encoded(user), secret, hostInUri(), port, encoded(database), query());
  }

  private String hostInUri() {
    return host.contains(":") ? "[" + host + "]" : encoded(host);
  }

  private String query() {
    return parameters.isEmpty()
        ? ""
        : new TreeMap<>(parameters)
            .entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&", "?", ""));
  }

  private static String encoded(String part) {
    return URLEncoder.encode(part, UTF_8).replace("+", "%20");
  }

  /** Options for vertx-pg-client, with prepared statements cached. */
  public PgConnectOptions connectOptions() {
    PgConnectOptions options =
        new PgConnectOptions()
            .setHost(host)
            .setPort(port)
            .setDatabase(database)
            .setUser(user)
            .setSslMode(SslMode.of(sslMode()))
            .addProperty("application_name", APPLICATION)
            .setCachePreparedStatements(true);
    if (password != null) {
      options.setPassword(password);
    }
    return sslMode().equals("disable") ? options : options.setSslOptions(sslOptions());
  }

  private ClientSSLOptions sslOptions() {
    ClientSSLOptions options = new ClientSSLOptions();
    return switch (sslMode()) {
      case "verify-full" ->
          options
              .setTrustOptions(Trust.of(rootCertificate()))
              .setHostnameVerificationAlgorithm("HTTPS");
      case "verify-ca" ->
          options.setTrustOptions(Trust.of(rootCertificate())).setHostnameVerificationAlgorithm("");
      default -> options.setTrustAll(true).setHostnameVerificationAlgorithm("");
    };
  }

  /** The same database for JDBC, which migrations and backups speak: it knows {@code COPY}. */
  public PGSimpleDataSource dataSource() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {host.contains(":") ? "[" + host + "]" : host});
    source.setPortNumbers(new int[] {port});
    source.setDatabaseName(database);
    source.setUser(user);
    source.setPassword(password);
    source.setApplicationName(APPLICATION);
    source.setSslMode(sslMode());
    String rootCertificate = rootCertificate();
    if (rootCertificate != null) {
      source.setSslRootCert(rootCertificate);
    } else if (sslMode().startsWith("verify")) {
      source.setSslfactory("org.postgresql.ssl.DefaultJavaSSLFactory");
    }
    return source;
  }

  DatabaseUrl withDatabase(String name) {
    return new DatabaseUrl(host, port, name, user, password, parameters);
  }

  private String sslMode() {
    return parameters.getOrDefault("sslmode", "prefer");
  }

  /** Path of the file that vouches for the server, null for what the Java runtime trusts. */
  private @Nullable String rootCertificate() {
    String path = parameters.get("sslrootcert");
    return "system".equals(path) ? null : path;
  }

  /** The URL without its password. */
  @Override
  public String toString() {
    return uri("");
  }
}
