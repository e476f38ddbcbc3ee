package dev.edj.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The OpenAPI document says what the service does.
class OpenApiTest {

  private final TestService service = TestService.shared();
  private final JsonNode document = service.client().get("/openapi.json").json();

  @Test
  void theDocumentNamesEveryRoute() {
    Set<String> documented = new TreeSet<>();
    for (var path : document.get("paths").properties()) {
      for (String method : path.getValue().propertyNames()) {
        documented.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey());
      }
    }

    assertThat(documented).isEqualTo(routes());
  }

  private Set<String> routes() {
    Set<String> routes = new TreeSet<>();
    service
        .server()
        .context()
        .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .forEach((route, method) -> {
          if (method.getBeanType().getPackageName().equals("dev.edj.api")) {
            routes.addAll(names(route));
          }
        });
    return routes;
  }

  private static Set<String> names(RequestMappingInfo route) {
    Set<String> names = new TreeSet<>();
    for (RequestMethod method : route.getMethodsCondition().getMethods()) {
      for (String path : route.getPatternValues()) {
        names.add(method + " " + path);
      }
    }
    return names;
  }

  @Test
  void everyOperationHasASummaryASecuritySchemeAndProblems() {
    for (var path : document.get("paths").properties()) {
      for (var operation : path.getValue().properties()) {
        String name = operation.getKey() + " " + path.getKey();
        JsonNode responses = operation.getValue().get("responses");
        assertThat(operation.getValue().has("summary")).as(name).isTrue();
        assertThat(responses.has("401")).as(name).isTrue();
        assertThat(responses.at("/401/content/application~1problem+json/schema/$ref").asString())
            .as(name)
            .isEqualTo("#/components/schemas/Problem");
      }
    }
    assertThat(document.at("/components/securitySchemes/token/scheme").asString())
        .isEqualTo("bearer");
  }

  @Test
  void successIsDocumentedWithItsStatus() {
    assertThat(document.at("/paths/~1api~1v1~1jobs/post/responses/201/content").propertyNames())
        .containsExactly("application/json");
    assertThat(document.at("/paths/~1api~1v1~1jobs~1{name}~1start/post/responses").propertyNames())
        .contains("202")
        .doesNotContain("200");
    assertThat(document.at("/paths/~1api~1v1~1contents~1{name}/delete/responses").propertyNames())
        .contains("204")
        .doesNotContain("200");
  }

  @Test
  void schemasSayWhatIsRequired() {
    assertThat(document.at("/components/schemas/NewContent/required"))
        .extracting(JsonNode::asString)
        .containsExactlyInAnyOrder("name");
    assertThat(document.at("/components/schemas/Destination/required"))
        .extracting(JsonNode::asString)
        .containsExactlyInAnyOrder("server", "database", "table", "credential");
    assertThat(document.at("/components/schemas/NewJobStep/properties/results/enum"))
        .extracting(JsonNode::asString)
        .containsExactly("Keep", "Drop", "Send");
    assertThat(document.at("/components/schemas/NewExecutionPolicy/properties/jobTimeout"))
        .isEqualTo(document.at("/components/schemas/ExecutionPolicy/properties/jobTimeout"));
    assertThat(
            document
                .at("/components/schemas/ExecutionPolicy/properties/jobTimeout/format")
                .asString())
        .isEqualTo("duration");
  }

  @Test
  void whatNobodyMaySeeGoesInOneDirectionOnly() {
    JsonNode schemas = document.at("/components/schemas");
    assertThat(schemas.at("/SignIn/properties/password")).isEqualTo(given("password"));
    assertThat(schemas.at("/NewJob/properties/secrets/writeOnly").asBoolean()).isTrue();
    assertThat(schemas.at("/NewJob/properties/secrets/additionalProperties/format").asString())
        .isEqualTo("password");
    assertThat(schemas.at("/MadeToken/properties/secret/readOnly").asBoolean()).isTrue();
  }

  private static JsonNode given(String format) {
    return JsonMapper.shared()
        .createObjectNode()
        .put("type", "string")
        .put("format", format)
        .put("writeOnly", true);
  }
}
