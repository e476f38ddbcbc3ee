package dev.edj.dacpac.catalog;

import java.sql.SQLTransientException;

/// The error for a catalog that contradicts itself, because the database changed between two
/// statements.
final class Meanwhile {

  private Meanwhile() {}

  /// @param what that the catalog names and does not have
  static SQLTransientException gone(String what) {
    return new SQLTransientException(
        "the catalog names %s, which it does not have; the database changed meanwhile"
            .formatted(what));
  }
}
