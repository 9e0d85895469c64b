package dk.sporlos.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.Validator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published schema against the parser. */
class QuerySchemaTest {

  private static final Validator VALIDATOR =
      Validator.create(
          JsonSchema.of(QuerySchema.json().copy()),
          new JsonSchemaOptions()
              .setBaseUri("https://example.com/")
              .setDraft(Draft.DRAFT7)
              .setOutputFormat(OutputFormat.Flag));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "metrics | ['visitors','percentage','people']",
        "metrics | ['visitors']",
        "dimensions | ['event:goal','visit:utm_term','event:props:a b','time:week']",
        "dimensions | []",
        "date_range | '90d'",
        "date_range | ['2024-01-01','2024-02-01']",
        "date_range | ['2024-01-01T00:00:00+02:00','2024-02-01T00:00Z']",
        "filters | [['is','event:page',['/']],['not',['contains_not','visit:os',['x'],{}]]]",
        "filters | [['or',[['is','event:goal',['A']],['has_done',['is','segment',[1,2]]]]]]",
        "filters | [['matches','event:props:x',['a'],{'case_sensitive':false}]]",
        "order_by | [['visitors','asc']]",
        "include | {'imports':true,'comparisons':{'mode':'year_over_year','match_day_of_week':true}}",
        "include | {'comparisons':{'mode':'custom','date_range':['2024-01-01','2024-01-02']}}",
        "pagination | {'limit':10000,'offset':0}"
      })
  void bothTake(String key, String value) {
    JsonObject document = with(key, value);

    assertThat(isParsed(document)).isTrue();
    assertThat(VALIDATOR.validate(document).getValid()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "colour | 1",
        "metrics | []",
        "metrics | ['visitors','visitors']",
        "metrics | ['baa']",
        "dimensions | ['event:props:']",
        "dimensions | ['visit:colour']",
        "date_range | '8d'",
        "date_range | ['2024-01-01']",
        "date_range | ['2024-01-01','2024-01-01T00:00:00Z']",
        "filters | ['x']",
        "filters | [[]]",
        "filters | [['and',[]]]",
        "filters | [['is','event:page',[]]]",
        "filters | [['is','event:page',[1]]]",
        "filters | [['is','time',['x']]]",
        "filters | [['is_not','event:goal',['A']]]",
        "filters | [['is_not','segment',[1]]]",
        "filters | [['is','segment',['1']]]",
        "filters | [['is','event:page',['/'],{'x':1}]]",
        "filters | [['not',['like','event:page',['/']]]]",
        "order_by | [['visitors','up']]",
        "include | {'x':true}",
        "include | {'comparisons':{'mode':'before'}}",
        "include | {'comparisons':{}}",
        "pagination | {'limit':0}",
        "pagination | {'limit':10001}",
        "pagination | {'limit':'1'}"
      })
  void bothRefuse(String key, String value) {
    JsonObject document = with(key, value);

    assertThat(isParsed(document)).isFalse();
    assertThat(VALIDATOR.validate(document).getValid()).isFalse();
  }

  @Test
  void namesEveryWord() {
    String schema = QuerySchema.json().encode();

    for (Metric metric : Metric.values()) {
      assertThat(schema).contains("\"" + metric.word() + "\"");
    }
    for (Dimension dimension : Dimension.values()) {
      assertThat(schema).contains("\"" + dimension.word() + "\"");
    }
  }

  private static boolean isParsed(JsonObject document) {
    try {
      QueryParser.parse(document);
      return true;
    } catch (InvalidQueryException e) {
      return false;
    }
  }

  /** A document that is right but for one member. */
  private static JsonObject with(String key, String json) {
    return new JsonObject(
            "{'site_id':'example.com','metrics':['visitors'],'date_range':'7d'}".replace('\'', '"'))
        .put(key, Json.decodeValue(json.replace('\'', '"')));
  }
}
