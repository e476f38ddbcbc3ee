package dev.edj.cli;

import dev.edj.files.JsonSchema;
import picocli.CommandLine.Command;

/// `edj schema`: by which editors complete and check declarative files.
@Command(
    name = "schema",
    description = "Needs no service. The documentation has it too: docs/reference/edj.schema.json.",
    footerHeading = "%nExample:%n",
    footer = "  edj schema > edj.schema.json")
final class SchemaCommand implements Runnable {

  private final Session session;

  SchemaCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    session.output().line(JsonSchema.of().toPrettyString());
  }
}
