package dev.edj.dacpac.plan;

import dev.edj.dacpac.tsql.Statements;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Writes a plan as one script, for `sqlcmd` and for people.
public final class DeploymentScript {

  private static final String SETTINGS =
      """
      SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON;

      SET NUMERIC_ROUNDABORT OFF;
      """;

  private DeploymentScript() {}

  /// Writes the script.
  ///
  /// @param title what it is a deployment of, for the comment at its top
  public static String of(DeploymentPlan plan, PublishOptions options, String title) {
    List<String> parts = new ArrayList<>();
    parts.add(Statements.comment("Deployment script for " + title) + "\n");
    parts.add(SETTINGS);
    parts.add(commands(options));
    String last = "";
    for (DeploymentBatch batch : DeploymentBatch.of(plan, options)) {
      if (batch.kind() == DeploymentBatch.Kind.BATCH && !batch.title().equals(last)) {
        parts.add(Statements.print(batch.title()) + "\n");
      }
      last = batch.title();
      parts.add(batch.text().stripTrailing() + "\n");
    }
    parts.add(Statements.print("Update complete.") + "\n");
    return String.join("\nGO\n", parts) + "\nGO\n";
  }

  private static String commands(PublishOptions options) {
    String comment = options.is(PublishOption.COMMENT_OUT_SET_VAR_DECLARATIONS) ? "-- " : "";
    StringBuilder commands = new StringBuilder();
    new TreeMap<>(options.variables())
        .forEach((name, value) ->
            commands
                .append(comment)
                .append(":setvar ")
                .append(name)
                .append(" \"")
                .append(value.replace("\"", "\"\""))
                .append("\"\n"));
    return commands.append(":on error exit\n").toString();
  }
}
