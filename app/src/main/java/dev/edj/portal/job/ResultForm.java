package dev.edj.portal.job;

import static java.util.Objects.requireNonNullElse;

import dev.edj.execution.Destination;
import dev.edj.execution.ResultMode;
import dev.edj.execution.SchemaDrift;
import dev.edj.portal.site.Typed;
import org.jspecify.annotations.Nullable;

/// What becomes of a step's rows.
///
/// @param mode the name of a [ResultMode]; empty means that they are kept
record ResultForm(
    String mode,
    String server,
    String database,
    String schema,
    String table,
    String credential,
    String drift,
    Boolean sourceColumns) {

  static final ResultForm KEEP = new ResultForm("", "", "", "", "", "", "", false);

  ResultForm {
    mode = requireNonNullElse(mode, "").isEmpty() ? ResultMode.Keep.name() : mode;
    server = requireNonNullElse(server, "").strip();
    database = requireNonNullElse(database, "").strip();
    schema = requireNonNullElse(schema, "").strip();
    table = requireNonNullElse(table, "").strip();
    credential = requireNonNullElse(credential, "").strip();
    sourceColumns = requireNonNullElse(sourceColumns, false);
    drift = requireNonNullElse(drift, "").isEmpty() ? SchemaDrift.Fail.name() : drift;
  }

  static ResultForm of(ResultMode mode, @Nullable Destination destination) {
    return destination == null
        ? new ResultForm(mode.name(), "", "", "", "", "", "", false)
        : new ResultForm(
            mode.name(),
            destination.server(),
            destination.database(),
            requireNonNullElse(destination.schema(), ""),
            destination.table(),
            destination.credential(),
            requireNonNullElse(destination.schemaDrift(), SchemaDrift.Fail).name(),
            requireNonNullElse(destination.sourceColumns(), false));
  }

  /// Whether it says anything but that rows are kept.
  public boolean isUnusual() {
    return !mode.equals(ResultMode.Keep.name());
  }

  ResultMode resultMode() {
    return requireNonNullElse(new Typed("results", mode).oneOf(ResultMode.class), ResultMode.Keep);
  }

  /// Null unless rows are sent.
  @Nullable Destination destination() {
    if (resultMode() != ResultMode.Send) {
      return null;
    }
    return new Destination(
            new Typed("destination.server", server).required("must be given: where the rows go"),
            database,
            schema.isEmpty() ? null : schema,
            table,
            new Typed("destination.credential", credential)
                .required("must be given: the login that writes there"),
            new Typed("destination.drift", drift).oneOf(SchemaDrift.class),
            sourceColumns)
        .checked();
  }
}
