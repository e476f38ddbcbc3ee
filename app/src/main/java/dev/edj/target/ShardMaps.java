package dev.edj.target;

import static java.util.Objects.requireNonNull;

import dev.edj.engine.ConnectionSettings;
import dev.edj.engine.Engine;
import dev.edj.engine.HardLimit;
import dev.edj.engine.ServerName;
import dev.edj.engine.TargetError;
import dev.edj.engine.TargetException;
import dev.edj.shardmap.Catalog;
import dev.edj.shardmap.Shard;
import dev.edj.shardmap.ShardMap;
import dev.edj.shardmap.ShardMapException;
import dev.edj.shardmap.ShardMapException.Code;
import dev.edj.shardmap.ShardMapReader;
import dev.edj.shardmap.StoredLocation;
import dev.edj.target.MemberStore.MemberRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Reads shard maps, and makes their shards' servers known to the control database.
///
/// A shard that cannot be connected to as its map says gets a server's row of its own, which holds
/// the reason: so it is a database like the others, whose execution fails with that reason, and is
/// neither left out nor the end of the others.
final class ShardMaps {

  private static final Duration LIMIT = Duration.ofMinutes(1);

  /// For the reader's own limit to come first: it leaves the server nothing to do.
  private static final Duration GRACE = Duration.ofSeconds(10);

  private static final int MOST_SHARDS = 1_000_000;
  private static final int MOST_LINES = 10;

  private final Dialer dialer;
  private final KnownServers known;

  ShardMaps(Dialer dialer, KnownServers known) {
    this.dialer = dialer;
    this.known = known;
  }

  /// @param jobCredentialId the login for the shards, where there is a job
  Listing read(MemberRow target, long credentialId, @Nullable Long jobCredentialId)
      throws TargetException {
    ShardMap map = ask(target, credentialId);
    List<Found> shards = map.shards().stream().map(Found::of).toList();
    Map<String, @Nullable String> servers = new HashMap<>();
    shards.forEach(shard -> servers.put(shard.server(), shard.problem()));
    Map<String, Integer> ids = known.ids(servers);
    List<ResolvedDatabase> databases = new ArrayList<>();
    List<ResolvedDatabase> unusable = new ArrayList<>();
    for (Found shard : shards) {
      int id = requireNonNull(ids.get(shard.server()));
      (shard.problem() == null ? databases : unusable)
          .add(new ResolvedDatabase(id, shard.server(), shard.database()));
    }
    List<String> notes = new ArrayList<>(map.explanation());
    notes.addAll(
        shortened(
            shards.stream()
                .filter(shard -> shard.problem() != null)
                .map(shard ->
                    "%s/%s fails: %s".formatted(shard.server(), shard.database(), shard.problem()))
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
    String map = requireNonNull(target.listName());
    Connection connection = engine.connect(settings);
    try {
      return HardLimit.perform(connection, LIMIT.plus(GRACE), () -> reader.read(connection, map));
    } catch (TimeoutException e) {
      String silence = "The server did not answer within %,d s.".formatted(LIMIT.toSeconds());
      throw new TargetException(error(target, silence, Code.TIMED_OUT));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a shard map was read", e);
    } catch (ExecutionException e) {
      throw new TargetException(
          switch (e.getCause()) {
            case ShardMapException failure ->
                error(target, String.valueOf(failure.getMessage()), failure.code());
            case SQLException failure -> engine.explain(failure).scrubbed(settings.password());
            case null, default -> throw new IllegalStateException(e);
          });
    }
  }

  private static TargetError error(MemberRow target, String message, Code code) {
    return new TargetError(
        TargetError.Kind.STATEMENT,
        null,
        null,
        null,
        null,
        "%s, database '%s': %s (%s)"
            .formatted(target.server(), target.databaseName(), message, code),
        code == Code.TIMED_OUT,
        "");
  }

  /// A shard as the control database can hold it.
  private record Found(String server, String database, @Nullable String problem) {

    Found {
      server = server.intern();
    }

    /// What cannot be connected to is on a server whose name no server can have.
    static Found of(Shard shard) {
      String database = FoundNames.storable(shard.database());
      if (shard.problem() != null) {
        return new Found(asStored(shard.stored()), database, shard.problem());
      }
      String server = ServerName.parse(shard.server()).canonical();
      return FoundNames.isUsable(shard.database())
          ? new Found(server, database, null)
          : new Found(FoundNames.unusableOn(server), database, FoundNames.PROBLEM);
    }

    private static String asStored(StoredLocation location) {
      return "%s (protocol %d, port %d)"
          .formatted(
              FoundNames.storable(location.serverName()), location.protocol(), location.port());
    }
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
