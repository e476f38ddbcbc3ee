package dev.edj.target;

import static java.util.Objects.requireNonNull;

import dev.edj.engine.TargetException;
import dev.edj.target.MemberStore.MemberRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Finds the databases that a target is now, asking servers where it must.
///
/// A collection is what its included children are, without what its excluded children are. That
/// holds at every depth: a collection means the same wherever it stands.
public final class TargetResolver {

  private static final Comparator<ResolvedDatabase> BY_SERVER_AND_NAME =
      Comparator.comparing(ResolvedDatabase::server).thenComparing(ResolvedDatabase::database);

  private final MemberStore store;
  private final ServerListings listings;

  public TargetResolver(Jdbi jdbi, Dialer dialer) {
    this.store = jdbi.onDemand(MemberStore.class);
    this.listings = new ServerListings(dialer);
  }

  /// What is written down below a target; no server is asked.
  public TargetMembers members(UUID targetId) {
    return new TargetMembers(TargetTree.of(store.membersByIndex(targetId)));
  }

  public Resolution resolve(UUID targetId, @Nullable Long credentialId) throws TargetException {
    return resolve(members(targetId), credentialId);
  }

  /// @param credentialId the job's credential, for servers whose target has none of its own; null
  ///   where there is no job
  public Resolution resolve(TargetMembers members, @Nullable Long credentialId)
      throws TargetException {
    TargetTree tree = members.tree();
    List<MemberRow> servers = tree.all(TargetKind.Server);
    Run run = new Run(tree, listings.list(servers, credentialId));
    List<ResolvedDatabase> databases =
        run.databases(tree.root()).stream().sorted(BY_SERVER_AND_NAME).toList();
    return new Resolution(databases, run.explanation(servers));
  }

  /// One resolution: what each target of the tree was found to be.
  private static final class Run {

    private final TargetTree tree;
    private final Map<UUID, List<String>> listed;
    private final DatabaseNames names;
    private final Map<UUID, Set<ResolvedDatabase>> found = new HashMap<>();
    private final List<String> leftOut = new ArrayList<>();

    Run(TargetTree tree, Map<UUID, List<String>> listed) {
      this.tree = tree;
      this.listed = listed;
      this.names = new DatabaseNames();
      for (MemberRow server : tree.all(TargetKind.Server)) {
        names.addListed(
            requireNonNull(server.server()), requireNonNull(listed.get(server.targetId())));
      }
    }

    Set<ResolvedDatabase> databases(MemberRow target) {
      return switch (target.kind()) {
        case Database -> Set.of(database(target, requireNonNull(target.databaseName())));
        case Server, CustomCollection -> {
          Set<ResolvedDatabase> known = found.get(target.targetId());
          yield known == null ? find(target) : known;
        }
        case ElasticPool, ShardMap ->
            throw new IllegalStateException(target.kind() + " cannot be resolved yet");
      };
    }

    List<String> explanation(List<MemberRow> servers) {
      List<String> lines = new ArrayList<>();
      for (MemberRow server : servers) {
        lines.add(
            "server %s has %,d databases"
                .formatted(server.server(), requireNonNull(listed.get(server.targetId())).size()));
      }
      lines.sort(null);
      lines.addAll(leftOut);
      return lines;
    }

    private Set<ResolvedDatabase> find(MemberRow target) {
      Set<ResolvedDatabase> databases =
          target.kind() == TargetKind.Server ? ofServer(target) : ofCollection(target);
      found.put(target.targetId(), databases);
      return databases;
    }

    private Set<ResolvedDatabase> ofServer(MemberRow server) {
      Set<ResolvedDatabase> databases = new LinkedHashSet<>();
      for (String name : requireNonNull(listed.get(server.targetId()))) {
        databases.add(database(server, name));
      }
      return databases;
    }

    private Set<ResolvedDatabase> ofCollection(MemberRow collection) {
      Set<ResolvedDatabase> databases = new LinkedHashSet<>();
      for (MemberRow child : tree.childrenOf(collection)) {
        if (child.membership() == Membership.Include) {
          databases.addAll(databases(child));
        }
      }
      int included = databases.size();
      for (MemberRow child : tree.childrenOf(collection)) {
        if (child.membership() == Membership.Exclude) {
          databases(child).forEach(databases::remove);
        }
      }
      if (databases.size() < included) {
        leftOut.add(
            "collection '%s' leaves out %,d databases"
                .formatted(collection.name(), included - databases.size()));
      }
      return databases;
    }

    private ResolvedDatabase database(MemberRow target, String name) {
      String server = requireNonNull(target.server());
      return new ResolvedDatabase(
          requireNonNull(target.serverId()), server, names.spelling(server, name));
    }
  }
}
