package dev.edj.controldb;

import java.util.Locale;

/// What nodes tell each other through the control database. The payload is an execution's id, or a
/// node's, or empty for "look yourself".
public enum Channel {
  /// A run was inserted: controllers look.
  EXECUTION_STARTED,
  /// Children became claimable: workers look.
  WORK,
  /// A run or a child is to be stopped.
  CANCEL,
  /// A run ended.
  EXECUTION_ENDED,
  /// A node was told to drain, or to take work again.
  NODE;

  public String sqlName() {
    return "edj_" + name().toLowerCase(Locale.ROOT);
  }

  static Channel of(String sqlName) {
    return valueOf(sqlName.substring("edj_".length()).toUpperCase(Locale.ROOT));
  }
}
