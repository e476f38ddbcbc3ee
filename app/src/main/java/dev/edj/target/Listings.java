package dev.edj.target;

import static java.util.Objects.requireNonNull;

import dev.edj.engine.Engine;
import dev.edj.engine.ServerName;
import dev.edj.engine.TargetException;
import dev.edj.problem.EdjException;
import dev.edj.target.MemberStore.MemberRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
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
  private final KnownServers known;

  Listings(Dialer dialer, ShardMaps shardMaps, KnownServers known) {
    this.dialer = dialer;
    this.shardMaps = shardMaps;
    this.known = known;
  }

  /// The shards of each shard map, by its id.
  ///
  /// @param credentialId for those that have none of their own
  Map<UUID, Listing> ofShardMaps(List<MemberRow> maps, @Nullable Long credentialId)
      throws TargetException {
    Map<UUID, Callable<Listing>> questions = new LinkedHashMap<>();
    for (MemberRow map : maps) {
      long login = login(map, credentialId);
      questions.put(map.targetId(), () -> shardMaps.read(map, login, credentialId));
    }
    return answers(questions);
  }

  /// One question for names. Its answer serves every target that asks it: what one of them includes
  /// and another leaves out is of one moment, and a hundred groups of a server are one login there.
  ///
  /// @param pool null for all databases of the server
  private record Question(int serverId, @Nullable String pool, long credentialId) {}

  /// The databases of each server and elastic pool, by its id.
  ///
  /// @param credentialId for those that have none of their own
  Map<UUID, Listing> ofServers(List<MemberRow> targets, @Nullable Long credentialId)
      throws TargetException {
    Map<UUID, Question> asked = new LinkedHashMap<>();
    Map<Question, Callable<List<String>>> questions = new LinkedHashMap<>();
    for (MemberRow target : targets) {
      Question question =
          new Question(
              requireNonNull(target.serverId()), target.listName(), login(target, credentialId));
      asked.put(target.targetId(), question);
      questions.put(question, () -> names(question));
    }
    Map<Question, List<String>> answers = answers(questions);
    Map<UUID, Listing> listings = new HashMap<>();
    for (MemberRow target : targets) {
      Question question = requireNonNull(asked.get(target.targetId()));
      List<String> names = requireNonNull(answers.get(question));
      listings.put(
          target.targetId(),
          question.pool() == null ? ofServer(target, names) : ofPool(target, names));
    }
    return listings;
  }

  private List<String> names(Question question) throws TargetException {
    return question.pool() == null
        ? dialer.listDatabases(question.serverId(), question.credentialId())
        : dialer.listElasticPool(question.serverId(), question.pool(), question.credentialId());
  }

  private Listing ofServer(MemberRow target, List<String> all) {
    String server = requireNonNull(target.server());
    Engine engine = ServerName.parse(server).engine();
    List<String> names =
        target.includeSystemDatabases()
            ? all
            : all.stream().filter(name -> !engine.isSystemDatabase(name)).toList();
    String note = "server %s has %,d databases".formatted(server, names.size());
    NamePatterns patterns =
        NamePatterns.of(target.namePatterns(), target.excludePatterns(), engine);
    if (patterns.isEmpty()) {
      return listing(target, names, note);
    }
    List<String> matching = names.stream().filter(patterns::match).toList();
    return listing(
        target,
        matching,
        "%s, %,d of them in '%s'".formatted(note, matching.size(), target.name()));
  }

  private Listing ofPool(MemberRow target, List<String> names) {
    return listing(
        target,
        names,
        "elastic pool '%s' of server %s has %,d databases"
            .formatted(target.listName(), target.server(), names.size()));
  }

  private Listing listing(MemberRow target, List<String> names, String note) {
    int serverId = requireNonNull(target.serverId());
    String server = requireNonNull(target.server());
    List<ResolvedDatabase> databases =
        names.stream()
            .filter(FoundNames::isUsable)
            .map(name -> new ResolvedDatabase(serverId, server, name))
            .toList();
    List<ResolvedDatabase> unusable =
        databases.size() == names.size() ? List.of() : unusable(server, names);
    return new Listing(
        databases,
        unusable,
        unusable.isEmpty()
            ? List.of(note)
            : List.of(note, "%,d of them fail: %s".formatted(unusable.size(), FoundNames.PROBLEM)));
  }

  private List<ResolvedDatabase> unusable(String server, List<String> names) {
    String unusable = FoundNames.unusableOn(server);
    int id = requireNonNull(known.ids(Map.of(unusable, FoundNames.PROBLEM)).get(unusable));
    return names.stream()
        .filter(name -> !FoundNames.isUsable(name))
        .map(name -> new ResolvedDatabase(id, unusable, FoundNames.storable(name)))
        .toList();
  }

  private static long login(MemberRow target, @Nullable Long credentialId) {
    Long login = target.credentialId() == null ? credentialId : target.credentialId();
    if (login == null) {
      throw EdjException.invalid(
          "credential",
          "give one: target '%s' has none of its own to list its databases with"
              .formatted(target.name()));
    }
    return login;
  }

  /// The first failure ends it all, because who does not answer might have what an exclusion needs.
  private static <K, T> Map<K, T> answers(Map<K, Callable<T>> questions) throws TargetException {
    if (questions.isEmpty()) {
      return Map.of();
    }
    ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.min(MOST_AT_ONCE, questions.size()), Thread.ofVirtual().factory());
    try {
      List<Map.Entry<K, Future<T>>> asked = new ArrayList<>();
      questions.forEach((key, question) -> asked.add(Map.entry(key, threads.submit(question))));
      Map<K, T> answers = new HashMap<>();
      for (Map.Entry<K, Future<T>> entry : asked) {
        answers.put(entry.getKey(), answer(entry.getValue()));
      }
      return answers;
    } finally {
      threads.shutdownNow();
    }
  }

  private static <T> T answer(Future<T> answer) throws TargetException {
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
