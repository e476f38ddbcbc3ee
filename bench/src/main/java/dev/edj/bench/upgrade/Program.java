package dev.edj.bench.upgrade;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// EDJ in one version, to be run as a person runs it.
///
/// @param start what Java needs to be told to start it
record Program(List<String> start) {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  static Program ofClassPath(String classPath) {
    return new Program(List.of("-cp", classPath, "dev.edj.Edj"));
  }

  /// This version.
  static Program ofThisProcess() {
    return ofClassPath(System.getProperty("java.class.path"));
  }

  /// What a command prints as JSON; it has to succeed.
  JsonNode ask(Map<String, String> environment, String... words)
      throws IOException, InterruptedException {
    return MAPPER.readTree(
        run(
            environment,
            Stream.concat(Stream.of(words), Stream.of("--output", "json")).toArray(String[]::new)));
  }

  String run(Map<String, String> environment, String... words)
      throws IOException, InterruptedException {
    Path err = Files.createTempFile("edj-", ".err");
    Process process = process(environment, List.of(words)).redirectError(err.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exitCode = process.waitFor();
    String complaint = Files.readString(err);
    Files.delete(err);
    if (exitCode != 0) {
      throw new IllegalStateException(
          "edj %s: %d: %s".formatted(String.join(" ", words), exitCode, complaint));
    }
    return out;
  }

  ProcessBuilder process(Map<String, String> environment, List<String> words) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // These processes are too short for what the second compiler costs.
    line.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    line.add("--sun-misc-unsafe-memory-access=allow");
    line.addAll(start);
    line.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().keySet().removeIf(name -> name.startsWith("EDJ_"));
    builder.environment().putAll(environment);
    return builder;
  }
}
