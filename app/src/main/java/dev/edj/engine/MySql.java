package dev.edj.engine;

/// MySQL, reached through the driver of MariaDB.
public record MySql() implements MySqlFamily {

  @Override
  public String scheme() {
    return "mysql";
  }
}
