package dk.sporlos.account;

import static org.assertj.core.api.Assertions.assertThat;

import dk.sporlos.database.TestDatabase;
import dk.sporlos.site.Site;
import dk.sporlos.site.SiteStore;
import dk.sporlos.testing.TestPool;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokensTest {
  private static final Set<Scope> STATS = Set.of(Scope.STATS);
  private static TestPool database;
  private static SiteStore sites;
  private static Site site;

  private Tokens tokens;

  @BeforeAll
  static void open() {
    database = TestPool.of(TestDatabase.create());
    sites = new SiteStore(database.pool());
    site = sites.add("example.com", ZoneId.of("UTC"), false).await();
    sites.add("other.example", ZoneId.of("UTC"), false).await();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void empty() {
    run("truncate api_token");
    tokens = new Tokens(database.pool(), new SecureRandom());
  }

  @Test
  void aSecretOpensItsSiteHoweverItsNameIsSpelled() {
    String secret = tokens.create(site.id(), STATS).await();

    assertThat(authorized(secret, "example.com")).isEqualTo(site);
    assertThat(authorized(secret, " WWW.Example.com. ")).isEqualTo(site);
  }

  @Test
  void aSecretOpensNoOtherSiteAndNoneThatIsUnknown() {
    String secret = tokens.create(site.id(), STATS).await();

    assertThat(authorized(secret, "other.example")).isNull();
    assertThat(authorized(secret, "nowhere.example")).isNull();
  }

  @Test
  void aTokenOfAllSitesOpensThoseAddedLaterToo() {
    String secret = tokens.create(null, STATS).await();
    assertThat(authorized(secret, "later.example")).isNull();
    Site later = sites.add("later.example", ZoneId.of("UTC"), false).await();

    assertThat(authorized(secret, "other.example")).isNotNull();
    assertThat(authorized(secret, "later.example")).isEqualTo(later);
  }

  @Test
  void whatIsNotTheSecretOpensNothing() {
    String secret = tokens.create(null, STATS).await();

    assertThat(
            List.of(
                "",
                "sporlos_",
                secret.substring(1),
                secret.substring(0, secret.length() - 1),
                secret + "=",
                secret.toUpperCase(Locale.ROOT),
                "' or true --"))
        .allSatisfy(wrong -> assertThat(authorized(wrong, "example.com")).isNull());
  }

  @Test
  void aTokenWithoutTheScopeOpensNothing() {
    String secret = tokens.create(site.id(), STATS).await();
    run("update api_token set scopes = '{import}'");

    assertThat(authorized(secret, "example.com")).isNull();
  }

  @Test
  void aTokenThatWasRemovedOpensNothing() {
    String secret = tokens.create(site.id(), STATS).await();
    run("delete from api_token");

    assertThat(authorized(secret, "example.com")).isNull();
  }

  @Test
  void onlyTheHashOfASecretIsStored() throws Exception {
    String secret = tokens.create(site.id(), STATS).await();

    var rows =
        database
            .pool()
            .query("select api_token::text as text, secret_hash from api_token")
            .execute()
            .await();

    var row = rows.iterator().next();
    assertThat(row.getString("text"))
        .doesNotContain(secret)
        .doesNotContain(secret.substring("sporlos_".length()))
        .doesNotContain(hex(secret.getBytes(StandardCharsets.UTF_8)));
    assertThat(row.getBuffer("secret_hash").getBytes())
        .isEqualTo(
            MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void noTwoSecretsAreAlikeAndEachHas256Bits() {
    List<String> secrets =
        IntStream.range(0, 20).mapToObj(i -> tokens.create(site.id(), STATS).await()).toList();

    assertThat(secrets).doesNotHaveDuplicates().allMatch(s -> s.matches("sporlos_[\\w-]{43}"));
  }

  @Test
  void theTokensOfASiteGoWithIt() {
    Site brief = sites.add("brief.example", ZoneId.of("UTC"), false).await();
    tokens.create(brief.id(), STATS).await();

    run("delete from site where domain = 'brief.example'");

    assertThat(
            StreamSupport.stream(
                database.pool().query("select from api_token").execute().await().spliterator(),
                false))
        .isEmpty();
  }

  private Site authorized(String secret, String domain) {
    return tokens.authorize(sites::find, secret, Scope.STATS, domain).await();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static void run(String sql) {
    database.pool().query(sql).execute().await();
  }
}
