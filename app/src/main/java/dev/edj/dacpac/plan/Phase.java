package dev.edj.dacpac.plan;

/// The parts of a deployment, in their order.
public enum Phase {
  PRE_DEPLOYMENT,
  DATA_LOSS_GUARD,
  RENAME,
  DROP,
  /// Tables are rebuilt and altered; modules that have to change with them too.
  CHANGE,
  CREATE,
  REFRESH,
  /// The renames that have been done are noted down in the database.
  REFACTOR_LOG,
  POST_DEPLOYMENT,
  /// New constraints are checked against the rows that are there.
  CONSTRAINT_CHECK;

  /// Whether the package's author wrote what is done in it.
  public boolean isScript() {
    return this == PRE_DEPLOYMENT || this == POST_DEPLOYMENT;
  }
}
