package dev.edj.target;

import static java.util.Objects.requireNonNull;

import dev.edj.engine.ConnectionSettings;
import dev.edj.engine.Engine;
import dev.edj.engine.ServerName;
import dev.edj.engine.TargetError;
import dev.edj.engine.TargetException;
import dev.edj.shardmap.Catalog;
import dev.edj.shardmap.Shard;
import dev.edj.shardmap.ShardMap;
import dev.edj.shardmap.ShardMapException;
import dev.edj.shardmap.ShardMapReader;
import dev.edj.target.MemberStore.MemberRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Reads shard maps, and makes their shards' servers known to the control database.
///
/// A shard that cannot be connected to as its map says gets a server's row of its own, which holds
/// the reason: so it is a database like the others, whose execution fails with that reason, and is
/// neither left out nor the end of the others.
final class ShardMaps {

  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final int MOST_SHARDS = 1_000_000;
  private static final int MOST_LINES = 10;

  private final Jdbi jdbi;
  private final Dialer dialer;

  ShardMaps(Jdbi jdbi, Dialer dialer) {
    this.jdbi = jdbi;
    this.dialer = dialer;
  }

  /// @param jobCredentialId the login for the shards, where there is a job
  Listing read(MemberRow target, long credentialId, @Nullable Long jobCredentialId)
      throws TargetException {
    ShardMap map = ask(target, credentialId);
    Map<String, @Nullable String> servers = new HashMap<>();
    map.shards().forEach(shard -> servers.put(serverOf(shard), shard.problem()));
    Map<String, Integer> ids = insertMissing(servers);
    List<ResolvedDatabase> databases = new ArrayList<>();
    List<ResolvedDatabase> unusable = new ArrayList<>();
    for (Shard shard : map.shards()) {
      String server = serverOf(shard).intern();
      (shard.problem() == null ? databases : unusable)
          .add(new ResolvedDatabase(requireNonNull(ids.get(server)), server, shard.database()));
    }
    List<String> notes = new ArrayList<>(map.explanation());
    notes.addAll(
        shortened(
            map.shards().stream()
                .filter(shard -> shard.problem() != null)
                .map(shard ->
                    "%s/%s fails: %s".formatted(serverOf(shard), shard.database(), shard.problem()))
                .toList()));
    if (jobCredentialId != null) {
      notes.addAll(refusals(databases, jobCredentialId));
    }
    return new Listing(databases, unusable, notes);
  }

  private ShardMap ask(MemberRow target, long credentialId) throws TargetException {
    ConnectionSettings settings =
        dialer.settingsToAsk(
            requireNonNull(target.serverId()), requireNonNull(target.databaseName()), credentialId);
    Engine engine = settings.server().engine();
    ShardMapReader reader =
        new ShardMapReader(Catalog.find(engine.scheme()).orElseThrow(), LIMIT, MOST_SHARDS);
    try (Connection connection = engine.connect(settings)) {
      return reader.read(connection, requireNonNull(target.listName()));
    } catch (ShardMapException e) {
      throw new TargetException(error(target, e));
    } catch (SQLException e) {
      throw new TargetException(engine.explain(e).scrubbed(settings.password()));
    }
  }

  private static TargetError error(MemberRow target, ShardMapException failure) {
    return new TargetError(
        TargetError.Kind.STATEMENT,
        null,
        null,
        null,
        null,
        "%s, database '%s': %s"
            .formatted(target.server(), target.databaseName(), failure.getMessage()),
        failure.code() == ShardMapException.Code.TIMED_OUT,
        "");
  }

  /// No server can have the second form as its name.
  private static String serverOf(Shard shard) {
    return shard.problem() == null
        ? ServerName.parse(shard.server()).canonical()
        : "%s (protocol %d, port %d)"
            .formatted(
                shard.stored().serverName(), shard.stored().protocol(), shard.stored().port());
  }

  private Map<String, Integer> insertMissing(Map<String, @Nullable String> servers) {
    String[] names = servers.keySet().toArray(String[]::new);
    @Nullable String[] problems = new String[names.length];
    for (int i = 0; i < names.length; i++) {
      problems[i] = servers.get(names[i]);
    }
    return jdbi.withExtension(
        ServerStore.class,
        store -> {
          store.insertMissing(names, problems);
          return store.ids(names);
        });
  }

  /// A password goes nowhere for this: the worker would refuse it. But people want to know before.
  private List<String> refusals(List<ResolvedDatabase> databases, long credentialId) {
    return shortened(
        databases.stream()
            .map(ResolvedDatabase::server)
            .distinct()
            .map(server -> dialer.findRefusal(credentialId, ServerName.parse(server)))
            .flatMap(Optional::stream)
            .map(refusal -> "its databases there fail: " + refusal)
            .toList());
  }

  private static List<String> shortened(List<String> lines) {
    if (lines.size() <= MOST_LINES) {
      return lines;
    }
    List<String> shown = new ArrayList<>(lines.subList(0, MOST_LINES));
    shown.add("and %,d more".formatted(lines.size() - MOST_LINES));
    return shown;
  }
}
