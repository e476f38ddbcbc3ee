package dev.edj.dacpac.catalog;

import dev.edj.dacpac.model.NameRule;
import java.sql.SQLException;

/// What the readers of all kinds need to turn ids into names.
record Scope(
    Query query,
    SystemViews views,
    Server server,
    Types types,
    Names names,
    Columns columns,
    Dependencies dependencies) {

  static Scope read(Query query, SystemViews views, Server server) throws SQLException {
    NameRule rule = server.caseSensitive() ? NameRule.CASE_SENSITIVE : NameRule.CASE_INSENSITIVE;
    Types types = Types.read(query);
    Names names = Names.read(query, types, rule);
    Columns columns = Columns.read(query, views, types, server.collation());
    return new Scope(
        query,
        views,
        server,
        types,
        names,
        columns,
        Dependencies.read(query, names, columns, types));
  }
}
