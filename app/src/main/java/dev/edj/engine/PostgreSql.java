package dev.edj.engine;

import java.util.List;

/// PostgreSQL and the services that speak its protocol.
public record PostgreSql() implements Engine {

  @Override
  public String scheme() {
    return "postgresql";
  }

  @Override
  public int defaultPort() {
    return 5432;
  }

  @Override
  public String dialect() {
    return "POSTGRESQL";
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
