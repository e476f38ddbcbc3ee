package dev.edj.settings;

import dev.edj.controldb.ControlDatabaseAddress;
import dev.edj.secrecy.Sensitive;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which control database, and the login there: for the commands that open one themselves.
public final class ControlDatabaseOptions {

  @Option(
      names = "--control-database",
      paramLabel = "<url>",
      description = {
        "A shared control database, postgresql://host:port/database; 'edj serve' without it uses an"
            + " embedded one.",
        "Give the login in EDJ_CONTROL_DATABASE_USER and EDJ_CONTROL_DATABASE_PASSWORD: everybody on"
            + " this machine can read the command line."
      })
  @Sensitive
  private @Nullable String controlDatabase;

  /// What the option and `environment` say; empty when they name none.
  public Optional<ControlDatabaseAddress> address(Map<String, String> environment) {
    return address(new Given(environment));
  }

  Optional<ControlDatabaseAddress> address(Given given) {
    return given
        .find("control-database", controlDatabase, ControlDatabaseUrl::parse)
        .map(address ->
            new ControlDatabaseAddress(
                address.url(),
                given
                    .find("control-database-user", null, Function.identity())
                    .orElse(address.user()),
                given
                    .find("control-database-password", null, Function.identity())
                    .orElse(address.password())));
  }
}
