package dev.edj.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.files.declaration.Kind;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What the API makes and changes is what declarative files declare. A noun that they forget would
/// be in no plan, and in no export.
class DeclaredResourcesTest {

  /// What makes or changes something all the same, by why it is no kind of the files.
  private static final Map<String, List<String>> OTHERS =
      Map.of(
          "a field of what is declared",
          List.of(
              "POST /contents/{name}/dacpac",
              "POST /contents/{name}/versions",
              "POST /contents/{name}/versions/dacpac",
              "POST /jobs/{name}/disable",
              "POST /jobs/{name}/enable",
              "POST /targets/{target}/children",
              "PUT /targets/{target}/values",
              "PUT /users/{name}/grants/{role}",
              "PUT /users/{name}/password"),
          "has something done, and is over with it",
          List.of(
              "POST /executions/purge",
              "POST /executions/{id}/approve",
              "POST /executions/{id}/retry",
              "POST /executions/{id}/stop",
              "POST /jobs/{name}/start",
              "POST /jobs/{name}/stop",
              "POST /notices/{name}/deliveries/{id}/resend",
              "POST /notices/{name}/test",
              "POST /queries"),
          "makes a secret anew, which applying files again must not",
          List.of("POST /encryption-keys/rotate", "POST /notices/{name}/rotate-key"),
          "what a node does at the moment, and nodes come and go",
          List.of("POST /nodes/{node}/drain", "POST /nodes/{node}/resume"),
          "a session of whoever asks",
          List.of(
              "POST /portal/tickets", "POST /sign-in", "POST /sign-out", "PUT /account/password"));

  private final JsonNode paths =
      TestService.shared().client().get("/openapi.json").json().get("paths");

  @Test
  void whatIsMadeAndChangedIsDeclaredOrHasItsReason() {
    Set<String> kinds =
        Arrays.stream(Kind.values())
            .map(kind -> "POST /" + kind.plural())
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> routes = new TreeSet<>();
    paths
        .properties()
        .forEach(path ->
            path.getValue().propertyNames().stream()
                .map(method -> method.toUpperCase(Locale.ROOT))
                .filter(method -> Set.of("POST", "PUT", "PATCH").contains(method))
                .filter(method -> !isChangeOfKind(method, path.getKey()))
                .forEach(method ->
                    routes.add(method + " " + path.getKey().substring(Locations.BASE.length()))));

    assertThat(routes)
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(kinds.stream(), OTHERS.values().stream().flatMap(Collection::stream))
                .toList());
  }

  private static boolean isChangeOfKind(String method, String path) {
    return method.equals("PATCH")
        && Arrays.stream(Kind.values())
            .anyMatch(
                kind -> path.matches("%s/%s/\\{[a-z]+}".formatted(Locations.BASE, kind.plural())));
  }
}
