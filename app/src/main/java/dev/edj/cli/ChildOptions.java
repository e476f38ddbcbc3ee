package dev.edj.cli;

import dev.edj.target.NewTarget;
import dev.edj.target.Target;
import dev.edj.target.TargetKind;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Databases that are to be members, by their server and name instead of their targets' names.
final class ChildOptions {

  @Option(
      names = {"--server", "--server-name"},
      paramLabel = "SERVER",
      description = "With --database, instead of TARGET: the databases' server.")
  private @Nullable String server;

  @Option(
      names = {"--database", "--database-name"},
      paramLabel = "DATABASE",
      description = "A database of that server; repeatable. It need not be a target yet.")
  private @Nullable List<String> databases;

  /// Refuses a command line that names both targets and databases, or neither.
  void check(@Nullable List<String> targets) {
    boolean byName = targets != null;
    if (byName == (server != null) || byName == (databases != null)) {
      throw CommandException.badInput("give either TARGET, or --server with --database");
    }
  }

  /// The targets' names or ids; databases that are no targets yet become some.
  List<String> foundOrCreated(ApiClient api, @Nullable List<String> targets) {
    return members(targets, name -> find(api, name).orElseGet(() -> create(api, name)));
  }

  /// The targets' names or ids; all of them exist.
  List<String> found(ApiClient api, @Nullable List<String> targets) {
    return members(targets, name -> find(api, name).orElseThrow(() -> noTarget(name)));
  }

  private List<String> members(@Nullable List<String> targets, Function<String, String> targetOf) {
    return databases == null
        ? Objects.requireNonNull(targets)
        : databases.stream().map(targetOf).toList();
  }

  private Optional<String> find(ApiClient api, String database) {
    ApiPath path =
        ApiPath.of(TargetCommands.NOUN)
            .with("kind", TargetKind.Database)
            .with("server", server)
            .with("database", database);
    return api.list(Target.class, path).value().stream()
        .findFirst()
        .map(target -> target.id().toString());
  }

  private String create(ApiClient api, String database) {
    NewTarget target = new NewTarget(TargetKind.Database, null, server, database, null, null, null);
    try {
      return api.post(Target.class, ApiPath.of(TargetCommands.NOUN), target)
          .value()
          .id()
          .toString();
    } catch (CommandException e) {
      // Somebody else may have created it just now.
      return find(api, database).orElseThrow(() -> e);
    }
  }

  private CommandException noTarget(String database) {
    return new CommandException(
        ExitCode.NOT_FOUND,
        "there is no target for database '%s' on %s".formatted(database, server));
  }
}
