package dev.edj.cli;

import dev.edj.execution.Destination;
import dev.edj.execution.ResultMode;
import dev.edj.execution.SchemaDrift;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What becomes of the rows that scripts return, as people read it.
final class ResultViews {

  private ResultViews() {}

  /// `kept`, `dropped`, or `sent to audit.sizes in db1.example.com/telemetry as collector`.
  static @Nullable String of(@Nullable ResultMode results, @Nullable Destination destination) {
    if (destination != null) {
      return "sent to " + of(destination);
    }
    return switch (results) {
      case Keep -> "kept";
      case Drop -> "dropped";
      case Send -> "sent";
      case null -> null;
    };
  }

  private static String of(Destination destination) {
    String schema = destination.schema() == null ? "" : destination.schema() + ".";
    List<String> extras = new ArrayList<>();
    if (destination.schemaDrift() == SchemaDrift.Add) {
      extras.add("new columns are added");
    }
    if (Boolean.TRUE.equals(destination.sourceColumns())) {
      extras.add("with source columns");
    }
    return "%s%s in %s/%s as %s%s"
        .formatted(
            schema,
            destination.table(),
            destination.server(),
            destination.database(),
            destination.credential(),
            extras.isEmpty() ? "" : " (" + String.join(", ", extras) + ")");
  }
}
