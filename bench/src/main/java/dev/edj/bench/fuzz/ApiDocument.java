package dev.edj.bench.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The OpenAPI document of a service, as far as requests are made from it.
final class ApiDocument {

  /// @param body its schema; null where it takes none in JSON
  /// @param takesBytes a file as it is
  /// @param statuses those that the document tells
  record Operation(
      String method,
      String path,
      List<Parameter> parameters,
      @Nullable JsonNode body,
      boolean takesBytes,
      Set<String> statuses) {

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  record Parameter(String name, boolean inPath, boolean required, JsonNode schema) {}

  private final JsonNode document;
  private final List<Operation> operations = new ArrayList<>();

  ApiDocument(JsonNode document) {
    this.document = document;
    for (var path : document.get("paths").properties()) {
      for (var operation : path.getValue().properties()) {
        operations.add(operation(path.getKey(), operation.getKey(), operation.getValue()));
      }
    }
  }

  List<Operation> operations() {
    return operations;
  }

  /// What a reference leads to.
  JsonNode resolved(JsonNode schema) {
    JsonNode reference = schema.get("$ref");
    return reference == null ? schema : document.at(reference.asString().substring(1));
  }

  private static Operation operation(String path, String method, JsonNode operation) {
    List<Parameter> parameters = new ArrayList<>();
    for (JsonNode parameter : operation.path("parameters")) {
      parameters.add(
          new Parameter(
              parameter.get("name").asString(),
              parameter.get("in").asString().equals("path"),
              parameter.path("required").asBoolean(false),
              parameter.get("schema")));
    }
    JsonNode content = operation.at("/requestBody/content");
    return new Operation(
        method.toUpperCase(Locale.ROOT),
        path,
        parameters,
        content.path("application/json").get("schema"),
        content.has("application/octet-stream"),
        new TreeSet<>(operation.get("responses").propertyNames()));
  }
}
