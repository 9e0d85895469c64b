package dk.sporlos.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

final class DatabaseUrlTest {

  @Test
  void readsEveryPart() {
    DatabaseUrl url =
        DatabaseUrl.parse("postgresql://ann:pass@db.example:6543/visits?sslmode=require");

    assertThat(url)
        .isEqualTo(
            new DatabaseUrl(
                "db.example", 6543, "visits", "ann", "pass", Map.of("sslmode", "require")));
  }

  @Test
  void takesTheUsualPortAndNoPasswordIfNoneIsGiven() {
    DatabaseUrl url = DatabaseUrl.parse("postgres://ann@db.example/visits");

    assertThat(url).isEqualTo(new DatabaseUrl("db.example", 5432, "visits", "ann", null, Map.of()));
  }

  @Test
  void decodesWhatIsEncoded() {
    DatabaseUrl url = DatabaseUrl.parse("postgresql://an%40n:p%2F%3A%25+%C3%B8@h/my%20visits");

    assertThat(url.user()).isEqualTo("an@n");
    assertThat(url.password()).isEqualTo("p/:%+ø");
    assertThat(url.database()).isEqualTo("my visits");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://ann:pass@db.example:6543/visits",
        "postgresql://ann@db.example:5432/visits?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem",
        "postgresql://ann:p%2F%3A%40%25%20%2B@[::1]:5432/my%20visits?sslmode=disable",
      })
  void writesWhatItReads(String uri) {
    assertThat(DatabaseUrl.parse(uri).uri()).isEqualTo(uri);
  }

  @Test
  void isPrintedWithoutThePassword() {
    DatabaseUrl url = DatabaseUrl.parse("postgresql://ann:geheim@h/visits?sslmode=disable");

    assertThat(url).hasToString("postgresql://ann@h:5432/visits?sslmode=disable");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mysql://ann:geheim@h/d | looks like postgresql://",
        "geheim | looks like postgresql://",
        "postgresql://ann:geheim@/d | names no host",
        "postgresql://ann:geheim@h | names no database",
        "postgresql://ann:geheim@h/ | names no database",
        "postgresql://:geheim@h/d | names no user",
        "postgresql://h/d | names no user",
        "postgresql://ann:geheim@h:0/d | number from 1 to 65535",
        "postgresql://ann:geheim@h:65536/d | number from 1 to 65535",
        "postgresql://ann:geheim@h:x/d | number from 1 to 65535",
        "postgresql://ann:geheim@a,b/d | several hosts",
        "postgresql://ann:geheim@::1/d | IPv6 address in brackets",
        "postgresql://ann:ge/heim@h/d | write / as %2F",
        "postgresql://ann:ge?heim@h/d | ? as %3F",
        "postgresql://ann:geheim%@h/d | write % itself as %25",
        "postgresql://ann:geheim%zz@h/d | write % itself as %25",
        "postgresql://ann:geheim@h/d?sslmode | name=value",
        "postgresql://ann:geheim@h/d?sslmode=maybe | one of disable, allow",
        "postgresql://ann:geheim@h/d?options=x | does not know: options",
      })
  void refusesWhatIsNoneAndSaysWhyButNotThePassword(String uri, String reason) {
    assertThatThrownBy(() -> DatabaseUrl.parse(uri))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining(reason)
        .message()
        .doesNotContain("heim", "ge/", "ge?");
  }

  @Test
  void becomesOptionsForVertx() {
    PgConnectOptions options =
        DatabaseUrl.parse("postgresql://ann:pass@h:6543/d?sslmode=disable").connectOptions();

    assertThat(options.getHost()).isEqualTo("h");
    assertThat(options.getPort()).isEqualTo(6543);
    assertThat(options.getDatabase()).isEqualTo("d");
    assertThat(options.getUser()).isEqualTo("ann");
    assertThat(options.getPassword()).isEqualTo("pass");
    assertThat(options.getSslMode()).isEqualTo(SslMode.DISABLE);
    assertThat(options.getProperties()).containsEntry("application_name", "sporlos");
    assertThat(options.getCachePreparedStatements()).isTrue();
  }

  @Test
  void becomesADataSourceForMigrations() {
    PGSimpleDataSource source =
        DatabaseUrl.parse("postgresql://ann:p%20w@[::1]:6543/a%2Fb?sslmode=disable").dataSource();

    assertThat(source.getUrl()).startsWith("jdbc:postgresql://[::1]:6543/a%2Fb?");
    assertThat(source.getUser()).isEqualTo("ann");
    assertThat(source.getPassword()).isEqualTo("p w");
    assertThat(source.getSslMode()).isEqualTo("disable");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?sslmode=prefer"})
  void prefersEncryptionAsPsqlDoesIfNothingIsSaid(String parameters) {
    DatabaseUrl url = DatabaseUrl.parse("postgresql://ann@h/d" + parameters);

    assertThat(url.connectOptions().getSslMode()).isEqualTo(SslMode.PREFER);
    assertThat(url.dataSource().getSslMode()).isEqualTo("prefer");
  }

  @Test
  void namesACertificateFileThatCannotBeRead() {
    DatabaseUrl url =
        DatabaseUrl.parse("postgresql://ann@h/d?sslmode=verify-ca&sslrootcert=/nowhere/ca.pem");

    assertThatThrownBy(url::connectOptions)
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("/nowhere/ca.pem");
  }
}
