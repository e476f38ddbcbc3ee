package dev.edj.api;

import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the service answered.
record Answer(HttpResponse<String> response) {

  int status() {
    return response.statusCode();
  }

  String text() {
    return response.body();
  }

  String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }

  JsonNode json() {
    return JsonMapper.shared().readTree(response.body());
  }

  /// `400 INVALID_FIELD name`, or without the field where there is none.
  String problem() {
    JsonNode problem = json();
    String field = problem.has("field") ? " " + problem.get("field").asString() : "";
    return problem.get("status").asInt() + " " + problem.get("code").asString() + field;
  }
}
