package dev.edj.cli.manual;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// What others wrote and EDJ brings along, with the licences that it is under.
public record ThirdParties(List<Part> parts) {

  /// One library.
  ///
  /// @param name with its group: `org.postgresql:postgresql`
  public record Part(String name, String version, List<String> licences) {}

  /// Reads a bill of materials in CycloneDX's JSON.
  public static ThirdParties read(JsonNode sbom) {
    return new ThirdParties(
        sbom.path("components")
            .valueStream()
            .filter(part -> !part.path("group").asString("").equals("dev.edj"))
            .map(ThirdParties::part)
            .sorted(Comparator.comparing(Part::name))
            .toList());
  }

  private static Part part(JsonNode component) {
    return new Part(
        component.path("group").asString("") + ":" + component.path("name").asString(""),
        component.path("version").asString(""),
        component.path("licenses").valueStream().map(ThirdParties::licence).distinct().toList());
  }

  private static String licence(JsonNode choice) {
    JsonNode licence = choice.path("license");
    String name = licence.path("name").asString(choice.path("expression").asString("unknown"));
    return licence.path("id").asString(name);
  }

  public String markdown() {
    return """
    # What others wrote

    EDJ is under the Apache License 2.0 (`LICENSE`). It brings along these libraries, unmodified, each a file of its own in
    `app/lib` that can be exchanged for another version; the texts of their licences and notices are inside these files.
    `sbom.json` has the same with hashes, in CycloneDX's format.

    | library | version | licence |
    |---|---|---|
    %s
    """
        .formatted(
            parts.stream()
                .map(part ->
                    "| %s | %s | %s |"
                        .formatted(
                            part.name(), part.version(), String.join(", or ", part.licences())))
                .collect(Collectors.joining("\n")));
  }
}
