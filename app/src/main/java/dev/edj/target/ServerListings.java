package dev.edj.target;

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

/// Asks servers for their databases, several at once.
final class ServerListings {

  private static final int MOST_AT_ONCE = 16;

  private final Dialer dialer;

  ServerListings(Dialer dialer) {
    this.dialer = dialer;
  }

  /// The databases of each Server target by its id; the first failure ends it all, because a server
  /// that does not answer might have what an exclusion needs.
  Map<UUID, List<String>> list(List<MemberRow> servers, @Nullable Long credentialId)
      throws TargetException {
    if (servers.isEmpty()) {
      return Map.of();
    }
    ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.min(MOST_AT_ONCE, servers.size()), Thread.ofVirtual().factory());
    try {
      List<Future<List<String>>> answers = new ArrayList<>();
      for (MemberRow server : servers) {
        answers.add(threads.submit(() -> list(server, credentialId)));
      }
      Map<UUID, List<String>> databases = new HashMap<>();
      for (int i = 0; i < servers.size(); i++) {
        databases.put(servers.get(i).targetId(), answer(answers.get(i)));
      }
      return databases;
    } finally {
      threads.shutdownNow();
    }
  }

  private List<String> list(MemberRow server, @Nullable Long jobCredentialId)
      throws TargetException {
    Long credentialId = server.credentialId() == null ? jobCredentialId : server.credentialId();
    if (credentialId == null) {
      throw EdjException.invalid(
          "credential",
          "give one: target '%s' has none of its own to list the server's databases with"
              .formatted(server.name()));
    }
    return dialer.listDatabases(
        Objects.requireNonNull(server.serverId()), credentialId, server.includeSystemDatabases());
  }

  private static List<String> answer(Future<List<String>> answer) throws TargetException {
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
