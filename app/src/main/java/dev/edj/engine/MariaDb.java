package dev.edj.engine;

import java.util.List;

/// MariaDB.
public record MariaDb() implements Engine {

  @Override
  public String scheme() {
    return "mariadb";
  }

  @Override
  public int defaultPort() {
    return 3306;
  }

  @Override
  public String dialect() {
    return "MYSQL";
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
