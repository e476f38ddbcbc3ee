package dev.edj.cli;

import dev.edj.api.RunningService;
import dev.edj.node.NodeRole;
import dev.edj.security.PrivateKeys;
import dev.edj.settings.NoticeSettings;
import dev.edj.settings.ServiceSettings;
import dev.edj.testing.TestControlDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// A folder of declarative files, and a service of their own to apply them to.
///
/// @param files the folder
/// @param environment of whoever applies them
record FilesAtService(
    Path directory,
    Path files,
    Map<String, String> environment,
    TestControlDatabase database,
    RunningService service)
    implements AutoCloseable {

  /// With a service that runs nothing.
  static FilesAtService start(Path directory) throws IOException {
    return start(directory, Set.of(NodeRole.API));
  }

  static FilesAtService start(Path directory, Set<NodeRole> roles) throws IOException {
    TestControlDatabase database = TestControlDatabase.create();
    Path data = directory.resolve("data");
    if (!roles.contains(NodeRole.WORKER)) {
      PrivateKeys.open(directory.resolve("keys.json"), database.jdbi());
    }
    RunningService service =
        RunningService.start(
            ServiceSettings.in(data)
                .withControlDatabase(database.address())
                .withPort(0)
                .withRoles(roles)
                .withDacpacHosts(Set.of("packages.example.com"))
                .withNotices(
                    new NoticeSettings(Set.of("hooks.example.com", "*.example.org"), null)));
    Map<String, String> environment = new HashMap<>(Map.of("EDJ_DATA", data.toString()));
    return new FilesAtService(
        directory,
        Files.createDirectories(directory.resolve("fleet")),
        environment,
        database,
        service);
  }

  CommandLineRun edj(String... words) {
    return CommandLineRun.at(directory, environment, "", words);
  }

  CommandLineRun plan(String... options) {
    return edj(words(options, "plan", "-f", files.toString()));
  }

  CommandLineRun apply(String... options) {
    return edj(words(options, "apply", "-f", files.toString(), "--yes"));
  }

  private static String[] words(String[] options, String... words) {
    return Stream.concat(Arrays.stream(words), Arrays.stream(options)).toArray(String[]::new);
  }

  void write(String name, String text) throws IOException {
    Path file = files.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    service.close();
    database.close();
  }
}
