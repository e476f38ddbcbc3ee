package dev.edj.engine;

/// The engine for MySQL, run against MariaDB: there is no MySQL to embed. What this cannot show is
/// `caching_sha2_password`, MySQL's own system databases, and its rounding of lock waits.
class MySqlTest extends MariaDbTest {

  @Override
  String scheme() {
    return "mysql";
  }
}
