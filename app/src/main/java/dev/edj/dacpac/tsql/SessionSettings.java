package dev.edj.dacpac.tsql;

import java.util.ArrayList;
import java.util.List;

/// The two settings of a session that an object keeps from the moment it is made. A deployment has
/// both on; an object that needs one off is made between two batches that see to it.
record SessionSettings(boolean ansiNulls, boolean quotedIdentifiers) {

  private static final String ON = "SET ANSI_NULLS, QUOTED_IDENTIFIER ON;";

  List<String> around(String batch) {
    if (ansiNulls && quotedIdentifiers) {
      return List.of(batch);
    }
    List<String> batches = new ArrayList<>();
    batches.add(off());
    batches.add(batch);
    batches.add(ON);
    return batches;
  }

  private String off() {
    if (!ansiNulls && !quotedIdentifiers) {
      return "SET ANSI_NULLS, QUOTED_IDENTIFIER OFF;";
    }
    return """
    SET ANSI_NULLS %s;

    SET QUOTED_IDENTIFIER %s;
    """
        .formatted(ansiNulls ? "ON" : "OFF", quotedIdentifiers ? "ON" : "OFF")
        .strip();
  }
}
