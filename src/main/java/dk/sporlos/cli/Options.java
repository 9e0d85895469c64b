package dk.sporlos.cli;

import dk.sporlos.database.DatabaseException;
import dk.sporlos.database.DatabaseUrl;
import dk.sporlos.door.DataCentres;
import dk.sporlos.door.TrustedProxies;
import dk.sporlos.http.SecurityTxt;
import dk.sporlos.metrics.LogFormat;
import dk.sporlos.settings.Endpoint;
import dk.sporlos.settings.Setting;
import dk.sporlos.settings.Settings;
import dk.sporlos.site.Accountability;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Every setting there is. */
final class Options {
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,6}) ?(MB|GB|mb|gb)");

  static final Setting<Path> DATA =
      new Setting<>(
          "data", "./data", Options::path, "directory of the embedded database", "DIRECTORY");

  static final Setting<DatabaseUrl> DATABASE =
      new Setting<>(
          "database",
          null,
          Options::databaseUrl,
          "your own PostgreSQL (15 or newer) instead of the embedded one",
          "postgresql://USER:PASSWORD@HOST/NAME");

  static final Setting<DatabaseUrl> DATABASE_REPLICA =
      new Setting<>(
          "database-replica",
          null,
          Options::databaseUrl,
          "replica of the database for reading figures, while it is less than 30 seconds behind",
          "postgresql://USER:PASSWORD@HOST/NAME");

  static final Setting<Integer> DATABASE_PORT =
      new Setting<>(
          "database-port",
          "0",
          Options::port,
          "port of the embedded database on 127.0.0.1; 0 chooses one and keeps it",
          "PORT");

  static final Setting<Endpoint> LISTEN =
      new Setting<>(
          "listen",
          "127.0.0.1:8080",
          Endpoint::parse,
          "where beacons and questions arrive",
          "HOST:PORT");

  static final Setting<Endpoint> MANAGEMENT =
      new Setting<>(
          "management",
          "127.0.0.1:8081",
          Endpoint::parse,
          "where metrics and health are read",
          "HOST:PORT");

  static final Setting<TrustedProxies> TRUSTED_PROXIES =
      new Setting<>(
          "trusted-proxies",
          "",
          TrustedProxies::parse,
          "networks whose forwarded-for headers are believed, as in 10.0.0.0/8,127.0.0.1/32",
          "NETWORKS");

  static final Setting<Endpoint> LISTEN_PROXY =
      new Setting<>(
          "listen-proxy",
          null,
          Endpoint::parse,
          "where trusted proxies bring beacons and questions by the PROXY protocol",
          "HOST:PORT");

  static final Setting<Path> PLACES =
      new Setting<>(
          "places",
          null,
          Options::path,
          "database of places (MMDB) instead of the one of countries that is shipped",
          "FILE");

  static final Setting<Integer> MAX_CONNECTIONS =
      new Setting<>(
          "max-connections",
          "5000",
          text -> number(text, 1),
          "connections of clients that may be open at a time",
          "NUMBER");

  static final Setting<Integer> RATE_LIMIT =
      new Setting<>(
          "rate-limit",
          "600",
          text -> number(text, 0),
          "beacons of one address that are taken in a minute; 0 for any number",
          "NUMBER");

  // What comes from this machine is a proxy that was not configured, or somebody's test.
  static final Setting<TrustedProxies> RATE_LIMIT_EXEMPT =
      new Setting<>(
          "rate-limit-exempt",
          "127.0.0.0/8,::1",
          TrustedProxies::parse,
          "networks for whose addresses --rate-limit does not hold",
          "NETWORKS");

  static final Setting<Integer> SITE_RATE =
      new Setting<>(
          "site-rate",
          "0",
          text -> number(text, 0),
          "beacons of one site that are taken in a second; 0 for any number",
          "NUMBER");

  static final Setting<Integer> SITE_QUOTA =
      new Setting<>(
          "site-quota",
          "0",
          text -> number(text, 0),
          "beacons of one site that are taken in a day; 0 for any number",
          "NUMBER");

  static final Setting<DataCentres> DATA_CENTRES =
      new Setting<>(
          "data-centres",
          null,
          DataCentres::in,
          "file of networks, one a line, whose visits are of programs; read again when it changes",
          "FILE");

  static final Setting<String> ACCEPT_EMPTY_DATABASE =
      new Setting<>(
          "accept-empty-database",
          null,
          String::strip,
          "number of the installation that is to be left, if its database is empty or another; said once",
          "NUMBER");

  static final Setting<Path> SPOOL =
      new Setting<>(
          "spool",
          null,
          Options::path,
          "directory of beacons that wait for the database; `spool` in --data if nothing is said",
          "DIRECTORY");

  static final Setting<Long> SPOOL_SIZE =
      new Setting<>(
          "spool-size", "1GB", Options::bytes, "how much may wait there, as in 500MB", "SIZE");

  static final Setting<Long> DISK_RESERVE =
      new Setting<>(
          "disk-reserve",
          "512MB",
          Options::bytes,
          "what has to be free on the disks of --data and --spool for beacons to be taken",
          "SIZE");

  static final Setting<String> NODE_NAME =
      new Setting<>(
          "node-name",
          null,
          Options::nodeName,
          "name of this process among others on the same database; the machine's if nothing is said",
          "NAME");

  static final Setting<Integer> GRACE =
      new Setting<>(
          "grace",
          "30",
          text -> number(text, 1),
          "seconds within which the process ends once it is told to",
          "SECONDS");

  static final Setting<Integer> DRAIN_DELAY =
      new Setting<>(
          "drain-delay",
          "0",
          text -> number(text, 0),
          "seconds of the grace for which it goes on serving, not ready, until a load balancer knows",
          "SECONDS");

  static final Setting<Boolean> HANDOVER =
      new Setting<>(
          "handover",
          "memory",
          Options::handOver,
          "how the next process knows the visitors of today: memory, from the process that runs or by a tmpfs; none, not at all",
          "memory|none");

  static final Setting<URI> PUBLIC_URL =
      new Setting<>(
          "public-url",
          null,
          Options::server,
          "where browsers find this server, for links that are printed or sent by mail",
          "https://HOST");

  static final Setting<URI> SECURITY_CONTACT =
      new Setting<>(
          "security-contact",
          null,
          SecurityTxt::contact,
          "whom to tell of a weakness, in /.well-known/security.txt: an e-mail address or a page",
          "CONTACT");

  static final Setting<LogFormat> LOG_FORMAT =
      new Setting<>(
          "log-format",
          "text",
          LogFormat::parse,
          "how the log is written: text, for people; json, an object on each line",
          "text|json");

  static final Setting<URI> TRACES =
      new Setting<>(
          "traces",
          null,
          Options::server,
          "collector of OpenTelemetry (OTLP over HTTP) that is sent traces; of no beacon, and without addresses",
          "http://HOST:4318");

  static final Setting<Path> TLS_CERTIFICATE =
      new Setting<>(
          "tls-certificate",
          null,
          Options::path,
          "certificate (PEM, those that vouch for it behind it) to speak TLS with at --listen; read again when it changes",
          "FILE");

  static final Setting<Path> TLS_KEY =
      new Setting<>("tls-key", null, Options::path, "its key (PEM, without a passphrase)", "FILE");

  static final Setting<Integer> HSTS =
      new Setting<>(
          "hsts",
          "365",
          text -> number(text, 0),
          "days for which browsers that came by TLS are told to come by nothing else (HSTS); 0 tells them nothing",
          "DAYS");

  /** Those that say where the data are: every command has them. */
  static final List<Setting<?>> OF_DATA = List.of(DATA, DATABASE, DATABASE_PORT);

  /** Those of a serving process beside these. */
  static final List<Setting<?>> OF_SERVING =
      Stream.concat(
              Stream.<Setting<?>>of(
                  LISTEN,
                  LISTEN_PROXY,
                  MANAGEMENT,
                  TRUSTED_PROXIES,
                  PLACES,
                  DATABASE_REPLICA,
                  MAX_CONNECTIONS,
                  RATE_LIMIT,
                  RATE_LIMIT_EXEMPT,
                  SITE_RATE,
                  SITE_QUOTA,
                  DATA_CENTRES,
                  ACCEPT_EMPTY_DATABASE,
                  SPOOL,
                  SPOOL_SIZE,
                  DISK_RESERVE,
                  NODE_NAME,
                  GRACE,
                  DRAIN_DELAY,
                  HANDOVER,
                  LOG_FORMAT,
                  TRACES,
                  PUBLIC_URL,
                  SECURITY_CONTACT,
                  TLS_CERTIFICATE,
                  TLS_KEY,
                  HSTS),
              Stream.concat(SignInOptions.ALL.stream(), Accountability.ALL.stream()))
          .toList();

  /** Those of a command that prints texts for visitors. */
  static final List<Setting<?>> OF_TEXTS =
      Stream.concat(OF_DATA.stream(), Accountability.ALL.stream()).toList();

  private Options() {}

  /** Who answers for the sites that say nothing of their own. */
  static Accountability accountability(Settings settings) {
    return Accountability.of(settings::find);
  }

  private static DatabaseUrl databaseUrl(String text) {
    try {
      return DatabaseUrl.parse(text);
    } catch (DatabaseException fault) {
      throw new IllegalArgumentException(fault.getMessage(), fault);
    }
  }

  private static Path path(String text) {
    try {
      if (text.isBlank()) {
        throw new IllegalArgumentException("a path is needed, as in ./data");
      }
      return Path.of(text);
    } catch (InvalidPathException fault) {
      throw new IllegalArgumentException("'" + text + "' is no path", fault);
    }
  }

  private static URI server(String text) {
    try {
      URI url = new URI(text.strip().replaceFirst("/+$", ""));
      if (url.getHost() != null
          && List.of("http", "https").contains(url.getScheme())
          && url.getUserInfo() == null
          && url.getPath().isEmpty()
          && url.getQuery() == null
          && url.getFragment() == null) {
        return url;
      }
    } catch (URISyntaxException fault) {
      // said below, as for any other text that is none
    }
    throw new IllegalArgumentException(
        "'" + text + "' is no address of a server; write it as https://stats.example.com");
  }

  private static String nodeName(String text) {
    if (text.isBlank() || text.length() > 100) {
      throw new IllegalArgumentException("a name has 1 to 100 characters, as in collector-1");
    }
    return text.strip();
  }

  private static Long bytes(String text) {
    Matcher matcher = SIZE.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no size; write a number with MB or GB, as in 500MB");
    }
    long unit = matcher.group(2).equalsIgnoreCase("GB") ? 1_000_000_000 : 1_000_000;
    return Long.parseLong(matcher.group(1)) * unit;
  }

  private static Boolean handOver(String text) {
    return switch (text.strip()) {
      case "memory" -> true;
      case "none" -> false;
      default -> throw new IllegalArgumentException("'" + text + "' is neither memory nor none");
    };
  }

  static Integer number(String text, int least) {
    try {
      int number = Integer.parseInt(text.strip());
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException fault) {
      // said below, as for a number out of range
    }
    throw new IllegalArgumentException(
        "'" + text + "' is no such number; write a whole number from " + least + " on");
  }

  private static Integer port(String text) {
    try {
      int port = Integer.parseInt(text.strip());
      if (port >= 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException fault) {
      // said below, as for a number out of range
    }
    throw new IllegalArgumentException("'" + text + "' is no port; write a number from 0 to 65535");
  }
}
