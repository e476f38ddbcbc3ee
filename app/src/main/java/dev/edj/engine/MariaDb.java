package dev.edj.engine;

import java.util.List;
import java.util.Optional;

/// MariaDB.
public record MariaDb() implements Engine {

  @Override
  public String scheme() {
    return "mariadb";
  }

  @Override
  public int defaultPort() {
    return MySqlFamily.DEFAULT_PORT;
  }

  @Override
  public String dialect() {
    return MySqlFamily.DIALECT;
  }

  @Override
  public Optional<String> findTransactionEnd(String batch) {
    return MySqlTransaction.findEnd(batch);
  }

  @Override
  public TargetSession open(ConnectionSettings settings) throws TargetException {
    return MySqlFamily.open(settings);
  }

  @Override
  public List<String> listDatabases(ConnectionSettings settings, boolean includeSystem)
      throws TargetException {
    return MySqlFamily.listDatabases(settings, includeSystem);
  }
}
