package dev.edj.controldb;

import java.util.List;

/// What an embedded server does so that nothing is lost.
enum Durability {
  /// What is committed stays, whatever happens to the machine.
  LASTING("fast", "on"),
  /// The files go with the server: nothing waits for a disk, at its end least of all.
  NONE("immediate", "off");

  private final String stopMode;
  private final String safeguards;

  Durability(String stopMode, String safeguards) {
    this.stopMode = stopMode;
    this.safeguards = safeguards;
  }

  /// As `pg_ctl stop` calls it.
  String stopMode() {
    return stopMode;
  }

  List<String> settings() {
    return List.of(
        "fsync=" + safeguards,
        "full_page_writes=" + safeguards,
        "synchronous_commit=" + safeguards);
  }
}
