package dev.edj.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// How this client reads and writes the API's JSON: what is null is left out of a request.
final class Json {

  private Json() {}

  /// On one line.
  static String line(JsonNode json) {
    return json.toString();
  }

  static JsonMapper mapper() {
    return JsonMapper.builder()
        .changeDefaultPropertyInclusion(
            inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build();
  }
}
