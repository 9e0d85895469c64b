package dk.sporlos.testing;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.SchemaRepository;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** A description in OpenAPI 3.1, and what does not keep to it. */
public final class ApiContract {

  private static final String URI = "app://sporlos/openapi";
  private static final String SPECIFICATION = "/spec.openapis.org/oas/3.1/schema/2022-10-07";
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch");

  private final JsonObject document;
  private final SchemaRepository schemas;

  public ApiContract(JsonObject document) {
    this.document = document;
    this.schemas = repository().dereference(URI, JsonSchema.of(document.copy()));
  }

  private static SchemaRepository repository() {
    return SchemaRepository.create(
        new JsonSchemaOptions()
            .setBaseUri("app://sporlos")
            .setDraft(Draft.DRAFT202012)
            .setOutputFormat(OutputFormat.Basic));
  }

  /** Methods and paths, as in {@code POST /b}. */
  public Set<String> operations() {
    Set<String> operations = new TreeSet<>();
    JsonObject paths = document.getJsonObject("paths");
    for (String path : paths.fieldNames()) {
      paths.getJsonObject(path).fieldNames().stream()
          .filter(METHODS::contains)
          .forEach(method -> operations.add(method.toUpperCase(Locale.ROOT) + " " + path));
    }
    return operations;
  }

  /** What is no OpenAPI in it. */
  public List<String> faultsOfDocument() {
    try (InputStream specification = getClass().getResourceAsStream(SPECIFICATION)) {
      JsonObject schema =
          new JsonObject(new String(specification.readAllBytes(), StandardCharsets.UTF_8));
      return errors(
          repository()
              .dereference(JsonSchema.of(schema))
              .validator(schema.getString("$id"))
              .validate(document.copy()));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** What of an answer is not as the description says: its status, its type, its content. */
  public List<String> faults(String operation, HttpResponse<String> answer) {
    String method = operation.substring(0, operation.indexOf(' ')).toLowerCase(Locale.ROOT);
    String path = operation.substring(operation.indexOf(' ') + 1);
    String pointer =
        pointer("paths", path, method, "responses", String.valueOf(answer.statusCode()));
    JsonObject response = at(pointer);
    if (response == null) {
      return List.of("no answer with status " + answer.statusCode() + " is described");
    }
    if (response.containsKey("$ref")) {
      pointer = response.getString("$ref");
      response = at(pointer);
    }
    String type = answer.headers().firstValue("content-type").orElse("").replaceFirst(";.*", "");
    JsonObject content = response.getJsonObject("content", new JsonObject());
    if (content.isEmpty() && answer.body().isEmpty()) {
      return List.of();
    }
    if (!content.containsKey(type)) {
      return List.of("content of type '%s' is not described".formatted(type));
    }
    if (!content.getJsonObject(type).containsKey("schema") || !type.endsWith("json")) {
      return List.of();
    }
    String schema = pointer + pointer("content", type, "schema").substring(1);
    return type.endsWith("ndjson")
        ? answer.body().lines().flatMap(line -> faults(schema, line).stream()).toList()
        : faults(schema, answer.body());
  }

  private List<String> faults(String pointer, String body) {
    String reference = URI + pointer.replace("{", "%7B").replace("}", "%7D");
    JsonSchema schema = JsonSchema.of(new JsonObject().put("$ref", reference));
    return errors(schemas.validator(schema).validate(Json.decodeValue(body)));
  }

  private static List<String> errors(OutputUnit result) {
    List<String> errors = new ArrayList<>();
    if (!result.getValid()) {
      errors.add("it is not valid");
      if (result.getErrors() != null) {
        result.getErrors().forEach(e -> errors.add(e.getInstanceLocation() + ": " + e.getError()));
      }
    }
    return errors;
  }

  /** A pointer into the description, as RFC 6901 escapes it. */
  private static String pointer(String... names) {
    StringBuilder pointer = new StringBuilder("#");
    for (String name : names) {
      pointer.append('/').append(name.replace("~", "~0").replace("/", "~1"));
    }
    return pointer.toString();
  }

  private JsonObject at(String pointer) {
    JsonObject part = document;
    for (String name : pointer.substring("#/".length()).split("/", -1)) {
      part = part == null ? null : part.getJsonObject(name.replace("~1", "/").replace("~0", "~"));
    }
    return part;
  }
}
