package dev.edj.dacpac.plan;

import static dev.edj.dacpac.plan.PublishOption.IGNORE_ANSI_NULLS;
import static dev.edj.dacpac.plan.PublishOption.IGNORE_AUTHORIZER;
import static dev.edj.dacpac.plan.PublishOption.IGNORE_COLUMN_COLLATION;
import static dev.edj.dacpac.plan.PublishOption.IGNORE_DEFAULT_SCHEMA;
import static dev.edj.dacpac.plan.PublishOption.IGNORE_DML_TRIGGER_STATE;
import static dev.edj.dacpac.plan.PublishOption.IGNORE_FILL_FACTOR;
import static dev.edj.dacpac.plan.PublishOption.IGNORE_IDENTITY_SEED;
import static dev.edj.dacpac.plan.PublishOption.IGNORE_INCREMENT;
import static dev.edj.dacpac.plan.PublishOption.IGNORE_INDEX_OPTIONS;
import static dev.edj.dacpac.plan.PublishOption.IGNORE_INDEX_PADDING;
import static dev.edj.dacpac.plan.PublishOption.IGNORE_NOT_FOR_REPLICATION;
import static dev.edj.dacpac.plan.PublishOption.IGNORE_QUOTED_IDENTIFIERS;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.AliasType;
import dev.edj.dacpac.model.CheckConstraint;
import dev.edj.dacpac.model.Column;
import dev.edj.dacpac.model.Constraint;
import dev.edj.dacpac.model.DataType;
import dev.edj.dacpac.model.DatabaseObject;
import dev.edj.dacpac.model.DefaultConstraint;
import dev.edj.dacpac.model.ExtendedProperty;
import dev.edj.dacpac.model.ForeignKey;
import dev.edj.dacpac.model.Index;
import dev.edj.dacpac.model.IndexOptions;
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
import dev.edj.dacpac.tsql.Expressions;
import dev.edj.dacpac.tsql.ModuleTexts;
import dev.edj.dacpac.tsql.TextRule;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Says whether two objects of one identity are the same, as far as the options want to know.
final class Comparison {

  private final PublishOptions options;
  private final NameRule rule;
  private final TextRule texts;

  Comparison(PublishOptions options, NameRule rule) {
    this.options = options;
    this.rule = rule;
    this.texts =
        new TextRule(
            options.is(PublishOption.IGNORE_WHITESPACE),
            options.is(PublishOption.IGNORE_KEYWORD_CASING),
            options.is(PublishOption.IGNORE_COMMENTS),
            options.is(PublishOption.IGNORE_SEMICOLON_BETWEEN_STATEMENTS));
  }

  /// Of tables only whether their columns are the same, in any order; see [TableChange].
  boolean same(DatabaseObject before, DatabaseObject after) {
    return switch (before) {
      case Table table -> after instanceof Table other && columns(table.columns(), other.columns());
      case Constraint constraint -> after instanceof Constraint other && same(constraint, other);
      case Index index -> after instanceof Index other && same(index, other);
      case SqlModule module -> after instanceof SqlModule other && same(module, other);
      case Schema schema ->
          after instanceof Schema other && sameOwner(schema.owner(), other.owner());
      case Role role -> after instanceof Role other && sameOwner(role.owner(), other.owner());
      case User user -> after instanceof User other && same(user, other);
      case Sequence sequence -> after instanceof Sequence other && same(sequence, other);
      case Synonym synonym ->
          after instanceof Synonym other && rule.same(synonym.standsFor(), other.standsFor());
      case AliasType type ->
          after instanceof AliasType other
              && same(type.base(), other.base())
              && type.nullable() == other.nullable();
      case TableType type -> after instanceof TableType other && same(type, other);
      case Permission permission ->
          after instanceof Permission other && permission.state() == other.state();
      case ExtendedProperty property ->
          after instanceof ExtendedProperty other && property.value().equals(other.value());
      case RoleMember member -> after instanceof RoleMember;
      case Unmodelled unmodelled -> true;
    };
  }

  private boolean sameOwner(String before, String after) {
    return options.is(IGNORE_AUTHORIZER) || rule.same(before, after);
  }

  private boolean same(Constraint before, Constraint after) {
    return sameDemand(before, after)
        && switch (before) {
          case ForeignKey key ->
              after instanceof ForeignKey other && key.enabled() == other.enabled();
          case CheckConstraint check ->
              after instanceof CheckConstraint other && check.enabled() == other.enabled();
          case KeyConstraint key -> true;
          case DefaultConstraint value -> true;
        };
  }

  /// Whether two constraints demand the same, whatever they are called.
  boolean sameDemand(Constraint before, Constraint after) {
    if (!rule.same(before.table(), after.table())) {
      return false;
    }
    return switch (before) {
      case KeyConstraint key ->
          after instanceof KeyConstraint other
              && key.type() == other.type()
              && key.clustered() == other.clustered()
              && sameKeys(key.columns(), other.columns())
              && same(key.options(), other.options());
      case ForeignKey key ->
          after instanceof ForeignKey other
              && rule.same(key.foreignTable(), other.foreignTable())
              && columnPairs(key).equals(columnPairs(other))
              && key.onDelete() == other.onDelete()
              && key.onUpdate() == other.onUpdate()
              && sameReplication(key.notForReplication(), other.notForReplication());
      case CheckConstraint check ->
          after instanceof CheckConstraint other
              && Expressions.same(check.expression(), other.expression())
              && sameReplication(check.notForReplication(), other.notForReplication());
      case DefaultConstraint value ->
          after instanceof DefaultConstraint other
              && rule.same(value.column(), other.column())
              && Expressions.same(value.expression(), other.expression());
    };
  }

  /// A foreign key's columns with those that they point to; their order says nothing.
  private Set<List<String>> columnPairs(ForeignKey key) {
    Set<List<String>> pairs = new HashSet<>();
    for (int i = 0; i < Math.min(key.columns().size(), key.foreignColumns().size()); i++) {
      pairs.add(List.of(rule.key(key.columns().get(i)), rule.key(key.foreignColumns().get(i))));
    }
    return pairs;
  }

  private boolean sameReplication(boolean before, boolean after) {
    return options.is(IGNORE_NOT_FOR_REPLICATION) || before == after;
  }

  private boolean same(Index before, Index after) {
    return rule.same(before.on(), after.on())
        && before.unique() == after.unique()
        && before.clustered() == after.clustered()
        && sameKeys(before.columns(), after.columns())
        && names(before.included()).equals(names(after.included()))
        && sameExpression(before.filter(), after.filter())
        && same(before.options(), after.options());
  }

  private boolean sameKeys(List<KeyColumn> before, List<KeyColumn> after) {
    return keys(before).equals(keys(after));
  }

  private List<KeyColumn> keys(List<KeyColumn> columns) {
    return columns.stream()
        .map(column -> new KeyColumn(rule.key(column.name()), column.ascending()))
        .toList();
  }

  private Set<String> names(List<String> names) {
    return names.stream().map(rule::key).collect(Collectors.toSet());
  }

  private static boolean sameExpression(@Nullable String before, @Nullable String after) {
    return (before == null || after == null)
        ? Objects.equals(before, after)
        : Expressions.same(before, after);
  }

  private boolean same(IndexOptions before, IndexOptions after) {
    return options.is(IGNORE_INDEX_OPTIONS) || sameOptions(before, after);
  }

  /// A fill factor of 100 is the default written out.
  private boolean sameOptions(IndexOptions before, IndexOptions after) {
    return (options.is(IGNORE_FILL_FACTOR) || before.fillFactor() % 100 == after.fillFactor() % 100)
        && (options.is(IGNORE_INDEX_PADDING) || before.padded() == after.padded())
        && before.recomputeStatistics() == after.recomputeStatistics();
  }

  private boolean same(SqlModule before, SqlModule after) {
    return before.type() == after.type()
        && sameParent(before.parent(), after.parent())
        && (options.is(IGNORE_DML_TRIGGER_STATE) || before.enabled() == after.enabled())
        && sameText(before, after);
  }

  boolean sameText(SqlModule before, SqlModule after) {
    return (options.is(IGNORE_ANSI_NULLS) || before.ansiNulls() == after.ansiNulls())
        && (options.is(IGNORE_QUOTED_IDENTIFIERS)
            || before.quotedIdentifiers() == after.quotedIdentifiers())
        && ModuleTexts.same(before.text(), after.text(), texts);
  }

  private boolean sameParent(@Nullable ObjectName before, @Nullable ObjectName after) {
    return (before == null || after == null)
        ? Objects.equals(before, after)
        : rule.same(before, after);
  }

  /// A catalog does not always tell the login.
  private boolean same(User before, User after) {
    String login = before.login();
    String otherLogin = after.login();
    return before.origin() == after.origin()
        && (login == null || otherLogin == null || login.equalsIgnoreCase(otherLogin))
        && (options.is(IGNORE_DEFAULT_SCHEMA)
            || rule.same(before.defaultSchema(), after.defaultSchema()));
  }

  /// Where it starts is looked at only when it is made: to start anew would give numbers twice.
  private boolean same(Sequence before, Sequence after) {
    return same(before.dataType(), after.dataType())
        && before.increment().compareTo(after.increment()) == 0
        && sameNumber(before.minimum(), after.minimum())
        && sameNumber(before.maximum(), after.maximum())
        && before.cycle() == after.cycle()
        && Objects.equals(before.cache(), after.cache());
  }

  /// 1 and 1.0 are the same number.
  private static boolean sameNumber(@Nullable BigDecimal before, @Nullable BigDecimal after) {
    return (before == null || after == null)
        ? before == null && after == null
        : before.compareTo(after) == 0;
  }

  private boolean same(TableType before, TableType after) {
    if (before.columns().size() != after.columns().size()
        || before.constraints().size() != after.constraints().size()) {
      return false;
    }
    for (int i = 0; i < before.columns().size(); i++) {
      Column column = before.columns().get(i);
      Column other = after.columns().get(i);
      if (!rule.same(column.name(), other.name()) || !same(column, other)) {
        return false;
      }
    }
    return before.constraints().stream()
        .allMatch(one -> after.constraints().stream().anyMatch(two -> sameDemand(one, two)));
  }

  /// Whether two tables were made under the same setting, which a table keeps.
  boolean sameSetting(Table before, Table after) {
    return options.is(IGNORE_ANSI_NULLS) || before.ansiNulls() == after.ansiNulls();
  }

  private boolean columns(List<Column> before, List<Column> after) {
    return before.size() == after.size()
        && before.stream()
            .allMatch(column ->
                after.stream()
                    .anyMatch(
                        other -> rule.same(column.name(), other.name()) && same(column, other)));
  }

  /// Of two columns with one name. A catalog does not tell whether a computed column that has no
  /// nulls was declared so.
  boolean same(Column before, Column after) {
    return switch (before) {
      case Column.Simple simple ->
          after instanceof Column.Simple other
              && sameValues(simple, other)
              && sameIdentity(simple.identity(), other.identity())
              && sameIdentityReplication(simple.identity(), other.identity())
              && simple.rowGuid() == other.rowGuid()
              && simple.sparse() == other.sparse()
              && Objects.equals(simple.masking(), other.masking());
      case Column.Computed computed ->
          after instanceof Column.Computed other
              && Expressions.same(computed.expression(), other.expression())
              && computed.persisted() == other.persisted()
              && (other.nullable() || !computed.nullable());
    };
  }

  /// Whether two columns hold the same values.
  boolean sameValues(Column.Simple before, Column.Simple after) {
    return same(before.dataType(), after.dataType())
        && before.nullable() == after.nullable()
        && sameCollation(before, after);
  }

  boolean sameCollation(Column.Simple before, Column.Simple after) {
    String collation = before.collation();
    return options.is(IGNORE_COLUMN_COLLATION)
        || (collation == null
            ? after.collation() == null
            : collation.equalsIgnoreCase(after.collation()));
  }

  /// The column as it is to be, with the collation that it has if that is not to change.
  Column.Simple withCollationThatCounts(Column.Simple before, Column.Simple after) {
    DataType type = after.dataType();
    boolean text = type.builtIn() && type.plainName().endsWith("char");
    return text && sameCollation(before, after)
        ? new Column.Simple(
            after.name(),
            type,
            after.nullable(),
            after.identity(),
            after.rowGuid(),
            after.sparse(),
            before.collation(),
            after.masking())
        : after;
  }

  /// Whether two columns count the same way, replication aside.
  boolean sameIdentity(Column.@Nullable Identity before, Column.@Nullable Identity after) {
    if (before == null || after == null) {
      return before == null && after == null;
    }
    return (options.is(IGNORE_IDENTITY_SEED) || before.seed().compareTo(after.seed()) == 0)
        && (options.is(IGNORE_INCREMENT) || before.increment().compareTo(after.increment()) == 0);
  }

  boolean sameIdentityReplication(
      Column.@Nullable Identity before, Column.@Nullable Identity after) {
    return before == null
        || after == null
        || sameReplication(before.notForReplication(), after.notForReplication());
  }

  boolean same(DataType before, DataType after) {
    return before.isSame(after, rule);
  }
}
