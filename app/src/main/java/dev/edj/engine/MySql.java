package dev.edj.engine;

import java.util.List;

/// MySQL, reached through the MariaDB driver.
public record MySql() implements Engine {

  @Override
  public String scheme() {
    return "mysql";
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
