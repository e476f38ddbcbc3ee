package dev.edj.engine;

import java.util.List;

/// Microsoft SQL Server and Azure SQL Database.
public record SqlServer() implements Engine {

  @Override
  public String scheme() {
    return "sqlserver";
  }

  @Override
  public int defaultPort() {
    return 1433;
  }

  @Override
  public String dialect() {
    return "SQL_SERVER";
  }

  @Override
  public TargetSession open(ConnectionSettings settings) {
    throw new UnsupportedOperationException("not yet");
  }

  @Override
  public List<String> listDatabases(ConnectionSettings settings, boolean includeSystem) {
    throw new UnsupportedOperationException("not yet");
  }
}
