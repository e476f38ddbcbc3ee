package dev.edj.dacpac.catalog;

import dev.edj.dacpac.catalog.Names.Named;
import dev.edj.dacpac.model.Column;
import dev.edj.dacpac.model.Constraint;
import dev.edj.dacpac.model.Table;
import dev.edj.dacpac.model.TableType;
import java.util.List;

/// Puts tables and table types together from what was read before.
record Tables(Scope scope) {

  List<Table> tables() {
    return scope.names().list().stream()
        .filter(Named::isTable)
        .map(named -> new Table(named.name(), columns(named), named.ansiNulls()))
        .toList();
  }

  List<TableType> tableTypes(List<Owned> constraints) {
    return scope.names().list().stream()
        .filter(Named::isTableType)
        .map(named -> new TableType(named.name(), columns(named), of(named, constraints)))
        .toList();
  }

  private static List<Constraint> of(Named owner, List<Owned> constraints) {
    return constraints.stream()
        .filter(owned -> owned.owner().id() == owner.id())
        .map(Owned::constraint)
        .toList();
  }

  private List<Column> columns(Named owner) {
    return scope.columns().of(owner.id()).stream().map(found -> column(owner, found)).toList();
  }

  private Column column(Named owner, Columns.Found found) {
    return switch (found.column()) {
      case Column.Simple simple -> simple;
      case Column.Computed computed ->
          new Column.Computed(
              computed.name(),
              computed.expression(),
              computed.persisted(),
              computed.nullable(),
              scope.dependencies().ofColumn(owner.id(), found.id()));
    };
  }
}
