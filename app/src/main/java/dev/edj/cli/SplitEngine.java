package dev.edj.cli;

import dev.edj.script.ScriptDialect;

/// The engines by the names that stand before `://` in a server's name.
enum SplitEngine {
  SQLSERVER(ScriptDialect.SQL_SERVER),
  POSTGRESQL(ScriptDialect.POSTGRESQL),
  MYSQL(ScriptDialect.MYSQL),
  MARIADB(ScriptDialect.MYSQL);

  private final ScriptDialect dialect;

  SplitEngine(ScriptDialect dialect) {
    this.dialect = dialect;
  }

  ScriptDialect dialect() {
    return dialect;
  }
}
