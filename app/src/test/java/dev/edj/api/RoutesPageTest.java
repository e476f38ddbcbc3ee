package dev.edj.api;

import static dev.edj.testing.GeneratedPage.cell;

import dev.edj.testing.GeneratedPage;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The reference of the routes is what the OpenAPI document says.
class RoutesPageTest {

  private final JsonNode document = TestService.shared().client().get("/openapi.json").json();

  @Test
  void thePageOfRoutesSaysWhatTheServiceDoes() {
    new GeneratedPage("reference/routes.md")
        .says(
            """
            # Routes

            <!-- Made from the code by RoutesPageTest. -->

            All routes of the [REST API](api.md). What each takes and gives is in the OpenAPI document that the service
            itself serves at `/openapi.json`, without a token; programs that make clients read it.

            | route | what it does | role |
            |---|---|---|
            %s
            """
                .formatted(String.join("\n", rows())));
  }

  /// In the order of their paths.
  private Collection<String> rows() {
    Map<String, String> rows = new TreeMap<>();
    for (var path : document.get("paths").properties()) {
      for (var operation : path.getValue().properties()) {
        JsonNode said = operation.getValue();
        String method = operation.getKey().toUpperCase(Locale.ROOT);
        rows.put(
            path.getKey() + " " + method,
            "| `%s` | %s | %s |"
                .formatted(
                    method + " " + path.getKey(),
                    cell(said.path("summary").asString()),
                    said.path("x-role").asString("")));
      }
    }
    return rows.values();
  }
}
