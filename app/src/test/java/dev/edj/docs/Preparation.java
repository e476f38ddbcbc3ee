package dev.edj.docs;

import dev.edj.api.RunningService;
import dev.edj.cli.CommandLineRun;
import dev.edj.testing.NoticeReceiver.Received;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Makes what pages take for granted and no command of theirs makes.
final class Preparation implements AutoCloseable {

  /// What readers may have brought along from other tools.
  private static final Path GIVEN = Path.of("src/test/resources/dev/edj/docs/given");

  private final Surroundings surroundings;
  private final Function<String, RunningService> startNode;
  private final List<RunningService> nodes = new ArrayList<>();

  /// @param startNode of another process of the service, by its name
  Preparation(Surroundings surroundings, Function<String, RunningService> startNode) {
    this.surroundings = surroundings;
    this.startNode = startNode;
  }

  /// @param folder that the reader is in
  CommandLineRun run(String what, List<String> words, Path folder) throws IOException {
    switch (what) {
      case ":databases" -> words.forEach(surroundings.databases()::createDatabase);
      case ":sql" -> surroundings.databases().execute(words.get(0), words.get(1));
      case ":package" ->
          Files.write(
              folder.resolve(words.get(0)), OrdersPackage.version(Integer.parseInt(words.get(1))));
      case ":given" -> Files.copy(GIVEN.resolve(words.get(0)), folder.resolve(words.get(0)));
      case ":node" -> nodes.add(startNode.apply(words.get(0)));
      case ":received" -> {
        return new CommandLineRun(0, received(folder.resolve("body")), "");
      }
      default -> throw new IllegalArgumentException(what);
    }
    return new CommandLineRun(0, "", "");
  }

  /// Writes the body of the request that came last, and says what was in its headers.
  private String received(Path body) throws IOException {
    Received request = surroundings.web().all().getLast();
    Files.writeString(body, request.body());
    return "ID='%s' TIMESTAMP='%s' SIGNATURES='%s'%n"
        .formatted(
            request.header("webhook-id"),
            request.header("webhook-timestamp"),
            request.header("webhook-signature"));
  }

  @Override
  public void close() {
    nodes.forEach(RunningService::close);
  }
}
