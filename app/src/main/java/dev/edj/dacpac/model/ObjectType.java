package dev.edj.dacpac.model;

import java.util.Arrays;
import java.util.Optional;

/// The kinds of objects, by the names that DacFx gives them in packages and reports.
public enum ObjectType {
  SCHEMA("SqlSchema"),
  ROLE("SqlRole"),
  ROLE_MEMBER("SqlRoleMembership"),
  USER("SqlUser"),
  PERMISSION("SqlPermissionStatement"),
  ALIAS_TYPE("SqlUserDefinedDataType"),
  TABLE_TYPE("SqlTableType"),
  SEQUENCE("SqlSequence"),
  SYNONYM("SqlSynonym"),
  TABLE("SqlTable"),
  PRIMARY_KEY("SqlPrimaryKeyConstraint"),
  UNIQUE("SqlUniqueConstraint"),
  FOREIGN_KEY("SqlForeignKeyConstraint"),
  CHECK("SqlCheckConstraint"),
  DEFAULT("SqlDefaultConstraint"),
  INDEX("SqlIndex"),
  VIEW("SqlView"),
  PROCEDURE("SqlProcedure"),
  SCALAR_FUNCTION("SqlScalarFunction"),
  INLINE_FUNCTION("SqlInlineTableValuedFunction"),
  TABLE_FUNCTION("SqlMultiStatementTableValuedFunction"),
  TRIGGER("SqlDmlTrigger"),
  EXTENDED_PROPERTY("SqlExtendedProperty"),
  /// What this library knows to be there and does not handle.
  UNMODELLED("");

  private final String element;

  ObjectType(String element) {
    this.element = element;
  }

  /// As packages and reports write it; empty for what is not modelled.
  public String element() {
    return element;
  }

  public static Optional<ObjectType> of(String element) {
    return Arrays.stream(values())
        .filter(type -> !type.element.isEmpty() && type.element.equals(element))
        .findFirst();
  }
}
