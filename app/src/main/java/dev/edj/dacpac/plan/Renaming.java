package dev.edj.dacpac.plan;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.AliasType;
import dev.edj.dacpac.model.CheckConstraint;
import dev.edj.dacpac.model.Column;
import dev.edj.dacpac.model.Constraint;
import dev.edj.dacpac.model.DatabaseObject;
import dev.edj.dacpac.model.DefaultConstraint;
import dev.edj.dacpac.model.ExtendedProperty;
import dev.edj.dacpac.model.ForeignKey;
import dev.edj.dacpac.model.Index;
import dev.edj.dacpac.model.KeyColumn;
import dev.edj.dacpac.model.KeyConstraint;
import dev.edj.dacpac.model.NameRule;
import dev.edj.dacpac.model.Permission;
import dev.edj.dacpac.model.Role;
import dev.edj.dacpac.model.RoleMember;
import dev.edj.dacpac.model.Schema;
import dev.edj.dacpac.model.Sequence;
import dev.edj.dacpac.model.SqlModule;
import dev.edj.dacpac.model.Synonym;
import dev.edj.dacpac.model.Table;
import dev.edj.dacpac.model.TableType;
import dev.edj.dacpac.model.Unmodelled;
import dev.edj.dacpac.model.User;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a database is after one thing in it has got another name. Texts of modules stay as they
/// are, as they do on the server.
final class Renaming {

  /// What is renamed. A column and an index of one table may have the same name.
  enum What {
    OBJECT,
    COLUMN,
    INDEX
  }

  private final What what;
  private final ObjectName from;
  private final ObjectName to;
  private final NameRule rule;

  Renaming(What what, ObjectName from, ObjectName to, NameRule rule) {
    this.what = what;
    this.from = from;
    this.to = to;
    this.rule = rule;
  }

  ObjectName from() {
    return from;
  }

  ObjectName to() {
    return to;
  }

  /// What has the name, or a name in it, is called this way now.
  ObjectName of(ObjectName name) {
    return name(name);
  }

  DatabaseObject of(DatabaseObject object) {
    return switch (object) {
      case Table table ->
          new Table(
              name(table.name()),
              table.columns().stream().map(column -> column(table.name(), column)).toList(),
              table.ansiNulls());
      case Constraint constraint -> constraint(constraint);
      case Index index ->
          new Index(
              indexName(index.name()),
              name(index.on()),
              index.unique(),
              index.clustered(),
              keyColumns(index.on(), index.columns()),
              columns(index.on(), index.included()),
              index.filter(),
              index.options(),
              names(index.filterReferences()));
      case SqlModule module ->
          new SqlModule(
              nameOfPart(module.name(), module.parent()),
              module.type(),
              module.text(),
              module.createOffset(),
              module.ansiNulls(),
              module.quotedIdentifiers(),
              module.schemaBound(),
              module.parent() == null ? null : name(module.parent()),
              module.enabled(),
              names(module.references()));
      case Permission permission -> permission(permission);
      case ExtendedProperty property -> property(property);
      case Unmodelled unmodelled ->
          new Unmodelled(
              name(unmodelled.name()), unmodelled.what(), names(unmodelled.references()));
      case Sequence sequence ->
          new Sequence(
              name(sequence.name()),
              sequence.dataType(),
              sequence.start(),
              sequence.increment(),
              sequence.minimum(),
              sequence.maximum(),
              sequence.cycle(),
              sequence.cache());
      case Synonym synonym -> new Synonym(name(synonym.name()), synonym.standsFor());
      case AliasType type -> type;
      case TableType type -> type;
      case Schema schema -> schema;
      case User user -> user;
      case Role role -> role;
      case RoleMember member -> member;
    };
  }

  private Constraint constraint(Constraint constraint) {
    ObjectName table = name(constraint.table());
    ObjectName named = constraint.name();
    ObjectName name = named == null ? null : nameOfPart(named, constraint.table());
    return switch (constraint) {
      case KeyConstraint key ->
          new KeyConstraint(
              name,
              key.systemNamed(),
              key.type(),
              table,
              key.clustered(),
              keyColumns(key.table(), key.columns()),
              key.options());
      case ForeignKey key ->
          new ForeignKey(
              name,
              key.systemNamed(),
              table,
              columns(key.table(), key.columns()),
              name(key.foreignTable()),
              columns(key.foreignTable(), key.foreignColumns()),
              key.onDelete(),
              key.onUpdate(),
              key.notForReplication(),
              key.checked(),
              key.enabled());
      case CheckConstraint check ->
          new CheckConstraint(
              name,
              check.systemNamed(),
              table,
              check.expression(),
              check.notForReplication(),
              check.checked(),
              check.enabled(),
              names(check.references()));
      case DefaultConstraint value ->
          new DefaultConstraint(
              name,
              value.systemNamed(),
              table,
              columnName(value.table(), value.column()),
              value.expression(),
              names(value.references()));
    };
  }

  private Permission permission(Permission permission) {
    ObjectName securable = permission.securable();
    if (securable == null || permission.securableClass() != Permission.SecurableClass.OBJECT) {
      return permission;
    }
    String column = permission.column();
    return new Permission(
        permission.state(),
        permission.permission(),
        permission.securableClass(),
        name(securable),
        column == null ? null : columnName(securable, column),
        permission.grantee());
  }

  private ExtendedProperty property(ExtendedProperty property) {
    ObjectName host = property.host();
    if (host == null) {
      return property;
    }
    ObjectName renamed =
        switch (property.hostType()) {
          case DATABASE, SCHEMA, TYPE, TABLE_TYPE, USER, ROLE -> host;
          case INDEX, VIEW_INDEX -> indexName(host);
          case TABLE_COLUMN,
              VIEW_COLUMN,
              PARAMETER_OF_PROCEDURE,
              PARAMETER_OF_FUNCTION,
              TABLE,
              VIEW,
              PROCEDURE,
              FUNCTION,
              SYNONYM,
              SEQUENCE,
              CONSTRAINT,
              TRIGGER ->
              name(host);
        };
    return new ExtendedProperty(
        property.hostType(), renamed, property.property(), property.value());
  }

  private Column column(ObjectName table, Column column) {
    return switch (column) {
      case Column.Simple simple ->
          new Column.Simple(
              columnName(table, simple.name()),
              simple.dataType(),
              simple.nullable(),
              simple.identity(),
              simple.rowGuid(),
              simple.sparse(),
              simple.collation(),
              simple.masking());
      case Column.Computed computed -> of(computed, columnName(table, computed.name()));
    };
  }

  /// A calculated column of a name that stays.
  Column.Computed of(Column.Computed column) {
    return of(column, column.name());
  }

  private Column.Computed of(Column.Computed column, String name) {
    return new Column.Computed(
        name,
        column.expression(),
        column.persisted(),
        column.nullable(),
        names(column.references()));
  }

  private List<KeyColumn> keyColumns(ObjectName table, List<KeyColumn> columns) {
    return columns.stream()
        .map(column -> new KeyColumn(columnName(table, column.name()), column.ascending()))
        .toList();
  }

  private List<String> columns(ObjectName table, List<String> columns) {
    return columns.stream().map(column -> columnName(table, column)).toList();
  }

  private String columnName(ObjectName table, String column) {
    return what == What.COLUMN && rule.same(table.child(column), from) ? to.last() : column;
  }

  private ObjectName indexName(ObjectName index) {
    return what == What.COLUMN ? index : replaced(index);
  }

  private Set<ObjectName> names(Set<ObjectName> names) {
    return names.stream().map(this::name).collect(Collectors.toUnmodifiableSet());
  }

  private ObjectName name(ObjectName name) {
    return what == What.INDEX ? name : replaced(name);
  }

  /// The name of a constraint or a trigger, which moves with its table into another schema.
  private ObjectName nameOfPart(ObjectName name, @Nullable ObjectName table) {
    if (table != null && what == What.OBJECT && rule.same(table, from)) {
      return to.owner().child(name.last());
    }
    return name(name);
  }

  /// What a table or its like was called before.
  ObjectName undone(ObjectName name) {
    return what == What.OBJECT ? replaced(name, to, from) : name;
  }

  private ObjectName replaced(ObjectName name) {
    return replaced(name, from, to);
  }

  private ObjectName replaced(ObjectName name, ObjectName old, ObjectName replacement) {
    int length = old.parts().size();
    List<String> parts = name.parts();
    if (!rule.isWithin(name, old)) {
      return name;
    }
    ObjectName renamed = replacement;
    for (String part : parts.subList(length, parts.size())) {
      renamed = renamed.child(part);
    }
    return renamed;
  }
}
