package dev.edj.cli;

import dev.edj.controldb.ControlDatabaseAddress;
import dev.edj.controldb.Schema;
import dev.edj.settings.ControlDatabaseOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `edj migrate`: what the owner of a shared control database does, so that the service need not be
/// it.
@Command(
    name = "migrate",
    description = {
      "Log in as their owner. The service then works with another login, a service role, which can"
          + " neither change a table nor what is in the audit log. Run it before the first node of a"
          + " new version starts; nodes of the version before go on meanwhile.",
      "What 'edj serve' runs of its own, without --control-database, needs none of this."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  edj migrate --control-database postgresql://control.example.com/edj --service-role edj",
      "  edj migrate",
      "",
      "The address may be in EDJ_CONTROL_DATABASE. Roles that are service roles stay so."
    })
final class MigrateCommand implements Runnable {

  private final Session session;

  @Mixin private final ControlDatabaseOptions options = new ControlDatabaseOptions();

  @Option(
      names = "--service-role",
      paramLabel = "ROLE",
      description = "A role of the server that the service logs in as; repeatable.")
  private @Nullable List<String> serviceRoles;

  MigrateCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    ControlDatabaseAddress address =
        options
            .address(session.terminal().environment())
            .orElseThrow(() ->
                new CommandException(
                    ExitCode.BAD_INPUT,
                    "--control-database: name the control database; the embedded one is brought up"
                        + " to date by 'edj serve'"));
    Schema schema = new Schema(address);
    Schema.Migrated migrated = schema.migrate();
    List<String> roles = serviceRoles == null ? List.of() : serviceRoles;
    roles.forEach(schema::grant);
    show(new Outcome(migrated.version(), migrated.made(), schema.serviceRoles()));
  }

  private void show(Outcome outcome) {
    if (session.output().isJson()) {
      session.output().json(Json.mapper().valueToTree(outcome));
      return;
    }
    session
        .output()
        .line(
            "The control database is at version %s; %s."
                .formatted(
                    outcome.version(),
                    switch (outcome.made()) {
                      case 0 -> "there was nothing to do";
                      case 1 -> "one version was made";
                      default -> outcome.made() + " versions were made";
                    }));
    if (outcome.serviceRoles().isEmpty()) {
      session
          .output()
          .note(
              "No role but the owner may work with it; a service that logs in as the owner could"
                  + " change the audit log. Name another with --service-role.");
    } else {
      session
          .output()
          .line("The service may log in as: " + String.join(", ", outcome.serviceRoles()));
    }
  }

  /// @param made how many versions were made
  /// @param serviceRoles all that there are now
  record Outcome(String version, int made, List<String> serviceRoles) {}
}
