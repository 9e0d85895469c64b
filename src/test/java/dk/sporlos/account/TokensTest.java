package dk.sporlos.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.sporlos.database.TestDatabase;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import dk.sporlos.testing.MovableClock;
import dk.sporlos.testing.TestPool;
import io.vertx.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokensTest {
  private static final Set<Scope> STATS = Set.of(Scope.STATS);
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 2);

  private static TestPool database;
  private static SiteStore sites;
  private static Site site;
  private static Site other;

  private final MovableClock clock = new MovableClock("2026-11-02T10:00:00Z");
  private Tokens tokens;

  @BeforeAll
  static void open() {
    database = TestPool.of(TestDatabase.create());
    sites = new SiteStore(database.pool());
    site = sites.add("example.com", ZoneId.of("UTC"), false).await();
    other = sites.add("other.example", ZoneId.of("UTC"), false).await();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void empty() {
    run("truncate api_token");
    tokens = new Tokens(database.pool(), clock, new SecureRandom());
  }

  @Test
  void aSecretOpensItsSiteForItsScopeAlone() {
    Caller.Program program = found(create(Tokens.Terms.of(site.id(), STATS)));

    assertThat(program.may(Permission.READ, site)).isTrue();
    assertThat(program.may(Permission.READ, other)).isFalse();
    assertThat(program.may(Permission.EDIT, site)).isFalse();
    assertThat(program.mayEverywhere(Permission.READ)).isFalse();
  }

  @Test
  void aTokenOfAllSitesOpensThoseAddedLaterToo() {
    Caller.Program program = found(create(Tokens.Terms.of(null, STATS)));
    Site later = sites.add("later.example", ZoneId.of("UTC"), false).await();

    assertThat(program.may(Permission.READ, later)).isTrue();
    assertThat(program.mayEverywhere(Permission.READ)).isTrue();
  }

  @Test
  void whatIsNotTheSecretOpensNothing() {
    String secret = create(Tokens.Terms.of(null, STATS));

    assertThat(
            List.of(
                "",
                "sporlos_",
                secret.substring(1),
                secret.substring(0, secret.length() - 1),
                secret + "=",
                secret.toUpperCase(Locale.ROOT),
                "' or true --"))
        .allSatisfy(wrong -> assertThat(tokens.find(wrong).await()).isNull());
  }

  @Test
  void aTokenThatWasRevokedOpensNothing() {
    String secret = create(Tokens.Terms.of(site.id(), STATS));
    int id = found(secret).id();

    assertThat(tokens.revoke(other.id(), id).await()).isFalse();
    assertThat(tokens.find(secret).await()).isNotNull();
    assertThat(tokens.revoke(site.id(), id).await()).isTrue();
    assertThat(tokens.find(secret).await()).isNull();
    assertThat(tokens.revoke(id).await()).isFalse();
  }

  @Test
  void aTokenOpensNothingFromTheDayOnThatItExpiresAndIsListedForAMonthMore() {
    String secret = create(new Tokens.Terms("", site.id(), STATS, 600, TODAY.plusDays(1)));

    assertThat(tokens.find(secret).await()).isNotNull();
    clock.move(Duration.ofHours(14));
    assertThat(tokens.find(secret).await()).isNull();

    clock.move(Duration.ofDays(29));
    tokens.expire().await();
    assertThat(tokens.all().await()).hasSize(1);
    clock.move(Duration.ofDays(1));
    tokens.expire().await();
    assertThat(tokens.all().await()).isEmpty();
  }

  @Test
  void theDayOfItsLastUseIsListed() {
    String secret = create(new Tokens.Terms("of the report", site.id(), STATS, 1_200, null));
    assertThat(only().usedOn()).isNull();

    tokens.find(secret).await();
    assertThat(only().usedOn()).isEqualTo(TODAY);
    clock.move(Duration.ofDays(3));
    tokens.find(secret).await();

    assertThat(only().usedOn()).isEqualTo(TODAY.plusDays(3));
    assertThat(only().terms())
        .isEqualTo(new Tokens.Terms("of the report", site.id(), STATS, 1_200, null));
    assertThat(tokens.of(other.id()).await()).isEmpty();
    assertThat(tokens.of(site.id()).await()).hasSize(1);
  }

  @Test
  void termsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> new Tokens.Terms("a\nb", null, STATS, 600, null))
        .hasMessageContaining("one line");
    assertThatThrownBy(() -> new Tokens.Terms("", null, Set.of(), 600, null))
        .hasMessageContaining("scope");
    assertThatThrownBy(() -> new Tokens.Terms("", null, STATS, 0, null))
        .hasMessageContaining("from 1");
  }

  @Test
  void onlyTheHashOfASecretIsStored() throws Exception {
    String secret = create(Tokens.Terms.of(site.id(), STATS));

    Row row =
        database
            .pool()
            .query("select api_token::text as text, secret_hash from api_token")
            .execute()
            .await()
            .iterator()
            .next();

    assertThat(row.getString("text"))
        .doesNotContain(secret)
        .doesNotContain(secret.substring("sporlos_".length()))
        .doesNotContain(HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8)));
    assertThat(row.getBuffer("secret_hash").getBytes())
        .isEqualTo(
            MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void noTwoSecretsAreAlikeAndEachHas256Bits() {
    List<String> secrets =
        IntStream.range(0, 20).mapToObj(i -> create(Tokens.Terms.of(site.id(), STATS))).toList();

    assertThat(secrets).doesNotHaveDuplicates().allMatch(s -> s.matches("sporlos_[\\w-]{43}"));
  }

  @Test
  void theTokensOfASiteGoWithIt() {
    Site brief = sites.add("brief.example", ZoneId.of("UTC"), false).await();
    create(Tokens.Terms.of(brief.id(), STATS));

    run("delete from site where domain = 'brief.example'");

    assertThat(tokens.all().await()).isEmpty();
  }

  private String create(Tokens.Terms terms) {
    return tokens.create(terms).await();
  }

  private Caller.Program found(String secret) {
    return tokens.find(secret).await().program();
  }

  private Tokens.Listed only() {
    List<Tokens.Listed> all = tokens.all().await();
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private static void run(String sql) {
    database.pool().query(sql).execute().await();
  }
}
