package dev.edj.target;

import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Makes the servers of what was found known to the control database.
final class KnownServers {

  private final Jdbi jdbi;

  KnownServers(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /// The servers' ids; those that are new get the usual settings.
  ///
  /// @param problems by the server's name, why it cannot be dialled; null where it can
  Map<String, Integer> ids(Map<String, @Nullable String> problems) {
    String[] names = problems.keySet().toArray(String[]::new);
    @Nullable String[] reasons = new String[names.length];
    for (int i = 0; i < names.length; i++) {
      reasons[i] = problems.get(names[i]);
    }
    return jdbi.withExtension(
        ServerStore.class,
        store -> {
          store.insertMissing(names, reasons);
          return store.ids(names);
        });
  }
}
