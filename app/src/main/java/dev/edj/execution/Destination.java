package dev.edj.execution;

import static java.util.Objects.requireNonNullElse;

import dev.edj.engine.Engine;
import dev.edj.engine.ServerName;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.problem.Names;
import org.jdbi.v3.core.mapper.PropagateNull;
import org.jspecify.annotations.Nullable;

/// The table to which the rows go that a step's script returns.
///
/// @param server of any engine; it need not be a target
/// @param schema null means the login's own; MySQL and MariaDB have no schemas
/// @param credential the login that writes there
/// @param schemaDrift null means [SchemaDrift#Fail]
/// @param sourceColumns whether each row tells the server, the database and the time that it comes
///   from; null means no
@PropagateNull("server") // What is read without a server is no destination.
public record Destination(
    String server,
    String database,
    @Nullable String schema,
    String table,
    String credential,
    @Nullable SchemaDrift schemaDrift,
    @Nullable Boolean sourceColumns) {

  private static final String SERVER = "destination.server";
  private static final String SCHEMA = "destination.schema";

  /// The same with everything said and its server's name in its one form.
  public Destination checked() {
    ServerName name = serverName();
    Engine engine = name.engine();
    if (schema != null && !engine.hasSchemas()) {
      throw EdjException.invalid(
          SCHEMA,
          "a server of %s:// has no schemas; leave it out, and name the database"
              .formatted(engine.scheme()));
    }
    return new Destination(
        name.canonical(),
        checked(engine, "destination.database", database),
        schema == null ? null : checked(engine, SCHEMA, schema),
        checked(engine, "destination.table", table),
        credential,
        requireNonNullElse(schemaDrift, SchemaDrift.Fail),
        requireNonNullElse(sourceColumns, false));
  }

  private ServerName serverName() {
    try {
      return ServerName.parse(server);
    } catch (IllegalArgumentException e) {
      throw new EdjException(ErrorCode.INVALID_FIELD, SERVER, SERVER + ": " + e.getMessage(), e);
    }
  }

  private static String checked(Engine engine, String field, String name) {
    Names.checked(field, name);
    engine
        .findNameFault(name)
        .ifPresent(fault -> {
          throw EdjException.invalid(field, fault);
        });
    return name;
  }
}
