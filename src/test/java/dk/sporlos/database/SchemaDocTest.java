package dk.sporlos.database;

import dk.sporlos.testing.GeneratedPage;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** {@code docs/schema.md}, made of the comments in the migrated database. */
class SchemaDocTest {

  /** Heading, comment and columns of each table; partitions are not tables of their own. */
  private static final String TABLES =
      """
      select format(E'## %s%s\\n\\n%s\\n\\n| column | type | null | holds |\\n|---|---|---|---|\\n%s\\n',
        case relnamespace when 'grafana'::regnamespace then 'grafana.' else '' end, relname,
        obj_description(c.oid, 'pg_class'),
        (select string_agg(
            format('| `%s` | %s | %s | %s |', attname, format_type(atttypid, atttypmod),
              case when attnotnull or relkind = 'v' then '' else 'yes' end,
              replace(col_description(attrelid, attnum), '|', '\\|')),
            E'\\n' order by attname collate "C")
          from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped))
      from pg_class as c
      where relnamespace = '%s'::regnamespace and relkind in ('r', 'p', 'v') and not relispartition
      order by relname collate "C"
      """;

  private static final String FUNCTIONS =
      """
      select format('| `%s(%s)` | %s |', proname, pg_get_function_identity_arguments(oid),
        replace(obj_description(oid, 'pg_proc'), '|', '\\|'))
      from pg_proc where pronamespace = 'public'::regnamespace
      order by proname collate "C"
      """;

  @Test
  void thePageOfTheSchemaIsThatOfThisVersion() throws IOException {
    GeneratedPage.check("schema.md", page(TestDatabase.create()), getClass());
  }

  private static String tables(DatabaseUrl url, String schema) {
    return String.join("\n", Sql.texts(url, TABLES.replace("'%s'::", "'" + schema + "'::"))) + "\n";
  }

  private static String page(DatabaseUrl url) {
    return """
        # Schema

        Every table and column, with what it holds, why, and for how long. The text is that of the `comment on` statements
        in `src/main/resources/db/migration`, so `\\d+` in psql says the same. Tables and columns are in the order of the
        alphabet; the partitions of a table are left out. Views of schema `grafana` come last.

        This page is generated: `mvn test -Dexec.skip -Dtest=SchemaDocTest -Dregenerate=true`.

        %s
        ## Functions

        | function | does |
        |---|---|
        %s
        """
        .formatted(
            tables(url, "public") + tables(url, "grafana"),
            String.join("\n", Sql.texts(url, FUNCTIONS)));
  }
}
