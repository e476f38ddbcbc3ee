package dev.edj.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.cli.CommandLineRun;
import dev.edj.settings.PrivateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `edj serve` as a process of its own, and commands to it.
///
/// @param data its data directory
record RunningEdj(EdjProcess process, Path data) implements AutoCloseable {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /// Returns when it answers.
  static RunningEdj start(Path data, String... options) {
    return start(data, Map.of(), options);
  }

  static RunningEdj start(Path data, Map<String, String> environment, String... options) {
    RunningEdj service = new RunningEdj(launch(data, environment, options), data);
    EdjProcess.await(() ->
        service.process.complained().contains(" listens on ")
            || !service.process.process().isAlive());
    assertThat(service.process.process().isAlive()).as(service.process.complained()).isTrue();
    return service;
  }

  /// Does not wait until it answers; for those that never do.
  static EdjProcess launch(Path data, Map<String, String> environment, String... options) {
    List<String> words = new ArrayList<>(List.of("serve", "--data", data.toString()));
    words.addAll(List.of(options));
    if (!words.contains("--port")) {
      words.addAll(List.of("--port", "0"));
    }
    return EdjProcess.start(data.resolveSibling(""), environment, words.toArray(String[]::new));
  }

  /// Runs a command to its end, whatever comes of it.
  CommandLineRun edj(String... words) {
    return CommandLineRun.withService(data, "", words);
  }

  CommandLineRun edjWithInput(String input, String... words) {
    return CommandLineRun.withService(data, input, words);
  }

  /// Runs a command that has to succeed; returns what it printed.
  String done(String... words) {
    CommandLineRun run = edj(words);
    assertThat(run.exitCode()).as(String.join(" ", words) + ": " + run.err()).isZero();
    return run.out();
  }

  /// What a command that has to succeed answers, as JSON.
  JsonNode ask(String... words) {
    List<String> line = new ArrayList<>(List.of(words));
    line.addAll(List.of("--output", "json"));
    return MAPPER.readTree(done(line.toArray(String[]::new)));
  }

  /// Runs a command that has to be refused with this exit code; returns its complaint.
  String refused(int exitCode, String... words) {
    CommandLineRun run = edj(words);
    assertThat(run.exitCode()).as(String.join(" ", words) + ": " + run.err()).isEqualTo(exitCode);
    return run.err();
  }

  String start(String job, String... options) {
    List<String> words = new ArrayList<>(List.of("job", "start", job));
    words.addAll(List.of(options));
    return ask(words.toArray(String[]::new)).path("id").asString();
  }

  /// The lifecycle in which an execution has ended.
  String awaitEnd(String execution) {
    CommandLineRun wait =
        edj("execution", "wait", execution, "--timeout", "2m", "--output", "json");
    assertThat(wait.exitCode()).as(wait.err()).isIn(0, 1);
    return MAPPER.readTree(wait.out()).path(0).path("lifecycle").asString();
  }

  int count(String execution, String counter) {
    return ask("execution", "show", execution).path("children").path(counter).asInt();
  }

  /// A password in a file that only its owner can read.
  Path passwordFile(String password) {
    Path file = data.resolve("password-" + Integer.toHexString(password.hashCode()));
    try {
      new PrivateFile(file).write(password + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  @Override
  public void close() {
    process.close();
  }
}
