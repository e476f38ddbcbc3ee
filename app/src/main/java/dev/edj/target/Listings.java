package dev.edj.target;

import dev.edj.engine.ServerName;
import dev.edj.engine.TargetException;
import dev.edj.problem.EdjException;
import dev.edj.target.MemberStore.MemberRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Asks servers for their databases and shard maps for their shards, several at once.
final class Listings {

  private static final int MOST_AT_ONCE = 16;

  private final Dialer dialer;
  private final ShardMaps shardMaps;

  Listings(Dialer dialer, ShardMaps shardMaps) {
    this.dialer = dialer;
    this.shardMaps = shardMaps;
  }

  /// The databases of each target by its id; the first failure ends it all, because who does not
  /// answer might have what an exclusion needs.
  Map<UUID, Listing> list(List<MemberRow> targets, @Nullable Long credentialId)
      throws TargetException {
    if (targets.isEmpty()) {
      return Map.of();
    }
    ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.min(MOST_AT_ONCE, targets.size()), Thread.ofVirtual().factory());
    try {
      List<Future<Listing>> answers = new ArrayList<>();
      for (MemberRow target : targets) {
        answers.add(threads.submit(() -> list(target, credentialId)));
      }
      Map<UUID, Listing> listings = new HashMap<>();
      for (int i = 0; i < targets.size(); i++) {
        listings.put(targets.get(i).targetId(), answer(answers.get(i)));
      }
      return listings;
    } finally {
      threads.shutdownNow();
    }
  }

  private Listing list(MemberRow target, @Nullable Long jobCredentialId) throws TargetException {
    Long credentialId = target.credentialId() == null ? jobCredentialId : target.credentialId();
    if (credentialId == null) {
      throw EdjException.invalid(
          "credential",
          "give one: target '%s' has none of its own to list its databases with"
              .formatted(target.name()));
    }
    return switch (target.kind()) {
      case ShardMap -> shardMaps.read(target, credentialId, jobCredentialId);
      case ElasticPool -> ofPool(target, credentialId);
      case Server -> ofServer(target, credentialId);
      case Database, CustomCollection ->
          throw new IllegalArgumentException(target.kind() + " is not asked");
    };
  }

  private Listing ofPool(MemberRow target, long credentialId) throws TargetException {
    int serverId = Objects.requireNonNull(target.serverId());
    String server = Objects.requireNonNull(target.server());
    String pool = Objects.requireNonNull(target.listName());
    List<ResolvedDatabase> databases =
        dialer.listElasticPool(serverId, pool, credentialId).stream()
            .map(name -> new ResolvedDatabase(serverId, server, name))
            .toList();
    return new Listing(
        databases,
        List.of(),
        List.of(
            "elastic pool '%s' of server %s has %,d databases"
                .formatted(pool, server, databases.size())));
  }

  private Listing ofServer(MemberRow target, long credentialId) throws TargetException {
    int serverId = Objects.requireNonNull(target.serverId());
    String server = Objects.requireNonNull(target.server());
    List<String> names =
        dialer.listDatabases(serverId, credentialId, target.includeSystemDatabases());
    NamePatterns patterns =
        NamePatterns.of(
            target.namePatterns(), target.excludePatterns(), ServerName.parse(server).engine());
    List<ResolvedDatabase> databases =
        names.stream()
            .filter(patterns::match)
            .map(name -> new ResolvedDatabase(serverId, server, name))
            .toList();
    String note = "server %s has %,d databases".formatted(server, names.size());
    return new Listing(
        databases,
        List.of(),
        List.of(
            patterns.isEmpty()
                ? note
                : "%s, %,d of them in '%s'".formatted(note, databases.size(), target.name())));
  }

  private static Listing answer(Future<Listing> answer) throws TargetException {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while servers were asked", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case TargetException failure -> throw failure;
        case RuntimeException failure -> throw failure;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }
}
