package dev.edj.engine;

/// MariaDB.
public record MariaDb() implements MySqlFamily {

  @Override
  public String scheme() {
    return "mariadb";
  }
}
