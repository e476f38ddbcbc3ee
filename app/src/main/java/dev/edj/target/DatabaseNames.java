package dev.edj.target;

import dev.edj.engine.ServerName;
import dev.edj.engine.SqlServer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Gives each database one spelling. SQL Server takes `Sales`, `SALES` and `Sales ` for the same
/// database, so an exclusion of one must hold for the other, and a script must not run twice; only
/// a server that lists both has both. The other engines tell them apart.
final class DatabaseNames {

  private static final Pattern BLANKS_AT_END = Pattern.compile(" +\\z");

  /// What spellings of one database have in common on SQL Server.
  private record Key(String server, String comparable) {

    static Key of(String server, String name) {
      return new Key(server, BLANKS_AT_END.matcher(name).replaceFirst("").toLowerCase(Locale.ROOT));
    }
  }

  private final Map<String, Boolean> onSqlServer = new HashMap<>();
  private final Map<Key, String> spellings = new HashMap<>();
  private final Set<Key> both = new HashSet<>();

  /// To be called for all that servers list before the first spelling is asked for.
  void addListed(List<ResolvedDatabase> databases) {
    for (ResolvedDatabase database : databases) {
      Key key = Key.of(database.server(), database.database());
      String other = spellings.putIfAbsent(key, database.database());
      if (other != null && !other.equals(database.database())) {
        both.add(key);
      }
    }
  }

  /// The database's one spelling: the one its server listed, else the one met first.
  String spelling(String server, String name) {
    if (!isOnSqlServer(server)) {
      return name;
    }
    Key key = Key.of(server, name);
    return both.contains(key) ? name : spellings.computeIfAbsent(key, k -> name);
  }

  private boolean isOnSqlServer(String server) {
    return onSqlServer.computeIfAbsent(
        server, name -> ServerName.parse(name).engine() instanceof SqlServer);
  }
}
