package dev.edj.target;

import static java.util.Objects.requireNonNullElse;

import dev.edj.audit.NewAuditEvent;
import dev.edj.controldb.ConstraintViolation;
import dev.edj.credential.CredentialReference;
import dev.edj.engine.ServerName;
import dev.edj.engine.TargetException;
import dev.edj.node.Labels;
import dev.edj.parameter.ParameterOwner;
import dev.edj.parameter.ParameterValues;
import dev.edj.parameter.Parameters;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.problem.Users;
import dev.edj.security.EncryptionKeys;
import dev.edj.target.ChildStore.ChildRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// Creates, changes, lists, groups and deletes targets. A `nameOrId` is a target's name or its id.
public final class Targets {

  private static final String NOUN = "target";

  private final Jdbi jdbi;
  private final TargetStore store;
  private final ChildStore children;
  private final TargetResolver resolver;
  private final Parameters parameters;

  public Targets(Jdbi jdbi, TargetResolver resolver) {
    this.jdbi = jdbi;
    this.store = jdbi.onDemand(TargetStore.class);
    this.children = jdbi.onDemand(ChildStore.class);
    this.resolver = resolver;
    this.parameters = new Parameters(new EncryptionKeys(jdbi));
  }

  public Target create(NewTarget target) {
    return create(target, null);
  }

  /// Makes a target. The server's row is made with the first target there.
  ///
  /// @param collection that it is put into; when it cannot be, the target is not made. Null for
  ///   none
  public Target create(NewTarget target, @Nullable String collection) {
    TargetRules.check(target);
    ServerName server =
        target.kind() == TargetKind.CustomCollection ? null : TargetRules.server(target.server());
    String database = target.database() == null ? null : TargetRules.database(target.database());
    TargetRules.checkListNames(target);
    String name =
        TargetRules.name(
            target.name() == null ? TargetRules.defaultName(target, server) : target.name());
    TargetRow parent = collection == null ? null : collection(collection);
    try {
      jdbi.useTransaction(handle -> {
        UUID targetId = insert(handle, target, name, server, database);
        TargetRow created = row(handle, targetId);
        event("create", created).after(created.audited()).record(handle);
        if (parent != null) {
          put(handle, parent, created, Membership.Include, null);
        }
      });
    } catch (JdbiException e) {
      throw translated(e, target, name, server);
    }
    return named(name);
  }

  public Target update(String nameOrId, TargetChange change) {
    TargetRow before = row(nameOrId);
    String name = change.name() == null ? before.name() : TargetRules.name(change.name());
    TargetRules.check(before.kind(), change);
    try {
      jdbi.useTransaction(handle -> update(handle, before.targetId(), change));
    } catch (JdbiException e) {
      throw switch (ConstraintViolation.constraint(e)) {
        case "target_name_key" -> EdjException.alreadyExists(NOUN, name);
        case "target_server_key" ->
            EdjException.invalid(
                "namePatterns", "another target is all databases of the server already");
        default -> e;
      };
    }
    return named(before.targetId().toString());
  }

  public Target named(String nameOrId) {
    return row(nameOrId).target();
  }

  public List<Target> list(TargetFilter filter) {
    return list(filter, null, Integer.MAX_VALUE);
  }

  /// Some of them, in the order of their names.
  ///
  /// @param after the name of the last one of the portion before; null for the first
  public List<Target> list(TargetFilter filter, @Nullable String after, int limit) {
    String server =
        filter.server() == null ? null : TargetRules.server(filter.server()).canonical();
    return store
        .list(filter.kind(), server, filter.database(), filter.name(), after, limit)
        .stream()
        .map(TargetRow::target)
        .toList();
  }

  /// Deletes a target that no job, collection, execution, role or token uses; a collection's
  /// children stay.
  public void delete(String nameOrId) {
    TargetRow target = row(nameOrId);
    try {
      jdbi.useTransaction(handle -> {
        if (handle.attach(TargetStore.class).delete(target.targetId()) > 0) {
          event("delete", target).before(target.audited()).record(handle);
        }
      });
    } catch (JdbiException e) {
      if (ConstraintViolation.constraint(e).isEmpty()) {
        throw e;
      }
      throw EdjException.inUse(
          NOUN,
          target.name(),
          Users.none()
              .and("job", store.jobs(target.targetId()))
              .and("collection", store.collections(target.targetId()))
              .and("the role of user", store.users(target.targetId()))
              .and("token", store.tokens(target.targetId()))
              .text());
    }
  }

  public List<ChildTarget> children(String nameOrId) {
    return children(nameOrId, null, Integer.MAX_VALUE);
  }

  /// Some of them, in the order of their names.
  ///
  /// @param after the name of the last one of the portion before; null for the first
  public List<ChildTarget> children(String nameOrId, @Nullable String after, int limit) {
    return children.children(collection(nameOrId).targetId(), after, limit).stream()
        .map(ChildStore.ChildRow::child)
        .toList();
  }

  /// Adds the child, or changes the membership it has.
  public void addChild(String parent, String child, Membership membership) {
    addChild(parent, new NewChild(child, membership, null, null));
  }

  /// The same with the values that all databases below the child carry in this collection.
  public void addChild(String parent, NewChild child) {
    Membership membership = requireNonNullElse(child.membership(), Membership.Include);
    TargetRow collection = collection(parent);
    TargetRow member = row(child.target());
    String values = values(collection, child, membership);
    try {
      jdbi.useTransaction(handle -> put(handle, collection, member, membership, values));
    } catch (JdbiException e) {
      throw switch (ConstraintViolation.constraint(e)) {
        case "target_child_parent_id_fkey" -> EdjException.notFound(NOUN, parent);
        case "target_child_child_id_fkey" -> EdjException.notFound(NOUN, child.target());
        default -> e;
      };
    }
  }

  public void removeChild(String parent, String child) {
    TargetRow collection = collection(parent);
    TargetRow member = row(child);
    jdbi.useTransaction(handle -> {
      ChildStore store = handle.attach(ChildStore.class);
      ChildTarget before =
          store
              .child(collection.targetId(), member.targetId())
              .orElseThrow(() ->
                  new EdjException(
                      ErrorCode.NOT_FOUND,
                      "child",
                      "target '%s' is not a child of collection '%s'"
                          .formatted(member.name(), collection.name())))
              .child();
      store.delete(collection.targetId(), member.targetId());
      event("remove-child", collection).before(before).record(handle);
    });
  }

  /// Which databases the target is now; servers are asked.
  ///
  /// @param credential for servers whose target has none of its own
  public Resolution resolve(String nameOrId, @Nullable String credential) {
    return asked(
        nameOrId,
        credential,
        (targetId, credentialId) -> resolver.resolve(targetId, credentialId).shown());
  }

  /// The same with what is left out, and by which ways each is in or out.
  public ExplainedResolution explain(String nameOrId, @Nullable String credential) {
    return asked(nameOrId, credential, resolver::explain);
  }

  private interface Question<T> {
    T ask(UUID targetId, @Nullable Long credentialId) throws TargetException;
  }

  private <T> T asked(String nameOrId, @Nullable String credential, Question<T> question) {
    TargetRow target = row(nameOrId);
    Long credentialId =
        credential == null
            ? null
            : jdbi.withHandle(
                handle -> CredentialReference.named(handle, credential).credentialId());
    try {
      return question.ask(target.targetId(), credentialId);
    } catch (TargetException e) {
      throw new EdjException(
          ErrorCode.TARGET_UNREACHABLE,
          null,
          "target '%s' cannot be resolved: %s".formatted(target.name(), e.getMessage()),
          e);
    }
  }

  private static UUID insert(
      Handle handle,
      NewTarget target,
      String name,
      @Nullable ServerName server,
      @Nullable String database) {
    Integer serverId = null;
    Long credentialId = null;
    if (server != null) {
      ServerStore servers = handle.attach(ServerStore.class);
      ServerRow row = servers.findOrInsert(server.canonical());
      serverId = row.serverId();
      change(servers, row, target.settings());
      credentialId = credentialId(handle, target.credential(), server);
    }
    UUID targetId = UUID.randomUUID();
    handle
        .attach(TargetStore.class)
        .insert(
            targetId,
            name,
            target.kind(),
            serverId,
            database,
            credentialId,
            requireNonNullElse(target.includeSystemDatabases(), false),
            target.shardMap(),
            TargetRules.namePatterns(target.namePatterns(), List.of()),
            TargetRules.excludePatterns(target.excludePatterns(), List.of()),
            target.pool());
    return targetId;
  }

  private static void update(Handle handle, UUID targetId, TargetChange change) {
    TargetStore store = handle.attach(TargetStore.class);
    TargetRow before =
        store
            .lock(targetId)
            .map(id -> row(handle, id))
            .orElseThrow(() -> EdjException.notFound(NOUN, targetId.toString()));
    Long credentialId = before.credentialId();
    if (before.server() != null) {
      ServerStore servers = handle.attach(ServerStore.class);
      change(servers, servers.findOrInsert(before.server()), change.settings());
      if (change.credential() != null) {
        credentialId = credentialId(handle, change.credential(), ServerName.parse(before.server()));
      }
    }
    store.update(
        targetId,
        requireNonNullElse(change.name(), before.name()),
        credentialId,
        requireNonNullElse(change.includeSystemDatabases(), before.includeSystemDatabases()),
        TargetRules.namePatterns(change.namePatterns(), before.namePatterns()),
        TargetRules.excludePatterns(change.excludePatterns(), before.excludePatterns()));
    TargetRow after = row(handle, targetId);
    event("update", after).before(before.audited()).after(after.audited()).record(handle);
  }

  private static void change(
      ServerStore servers, ServerRow server, @Nullable ServerSettingsChange change) {
    if (change != null) {
      ServerSettings settings = ServerSettingsRules.changed(server, change);
      servers.update(
          server.serverId(),
          settings.tls().name(),
          settings.trustedCertificate(),
          settings.pinnedCertificates().toArray(String[]::new),
          settings.passwordMethods().stream().map(Enum::name).toArray(String[]::new),
          settings.connectTimeout().toMillis(),
          settings.maxConnections(),
          Labels.required("requiredLabels", settings.requiredLabels()).toArray(String[]::new));
    }
  }

  private static @Nullable Long credentialId(
      Handle handle, @Nullable String name, ServerName server) {
    if (name == null || name.isBlank()) {
      return null;
    }
    CredentialReference credential = CredentialReference.named(handle, name);
    credential.require(List.of(server));
    return credential.credentialId();
  }

  private @Nullable String values(TargetRow collection, NewChild child, Membership membership) {
    if (child.parameters() == null && child.secrets() == null) {
      return null;
    }
    if (membership == Membership.Exclude) {
      throw EdjException.invalid("parameters", "are only for a member that is included");
    }
    return parameters
        .carried(
            requireNonNullElse(child.parameters(), Map.of()),
            requireNonNullElse(child.secrets(), Map.of()),
            ParameterOwner.target(collection.targetId()))
        .json();
  }

  /// What single databases carry that a server, a pool or a shard map lists.
  public List<TargetDatabase> databaseValues(String nameOrId) {
    return store.databaseValues(listing(nameOrId).targetId()).stream()
        .map(row ->
            TargetDatabase.of(
                row.server(), row.databaseName(), ParameterValues.parse(row.parameters())))
        .toList();
  }

  /// Sets what one of the databases carries that the target lists; nothing means that it carries
  /// nothing any more. It need not be there yet.
  public void setDatabaseValues(String nameOrId, NewDatabaseValues values) {
    TargetRow target = listing(nameOrId);
    ServerName server = TargetRules.server(values.server());
    String database = TargetRules.database(values.database());
    ParameterValues carried =
        parameters.carried(
            requireNonNullElse(values.parameters(), Map.of()),
            requireNonNullElse(values.secrets(), Map.of()),
            ParameterOwner.target(target.targetId()));
    jdbi.useTransaction(handle -> {
      TargetStore transaction = handle.attach(TargetStore.class);
      transaction
          .lock(target.targetId())
          .orElseThrow(() -> EdjException.notFound(NOUN, target.name()));
      int serverId = handle.attach(ServerStore.class).findOrInsert(server.canonical()).serverId();
      ParameterValues before =
          ParameterValues.parse(
              transaction.databaseValues(target.targetId(), serverId, database).orElse(null));
      event("set-values", target)
          .before(TargetDatabase.of(server.canonical(), database, before))
          .after(TargetDatabase.of(server.canonical(), database, carried))
          .record(handle);
      if (carried.isEmpty()) {
        transaction.deleteDatabaseValues(target.targetId(), serverId, database);
      } else {
        transaction.putDatabaseValues(target.targetId(), serverId, database, carried.json());
      }
    });
  }

  private TargetRow listing(String nameOrId) {
    TargetRow target = row(nameOrId);
    return switch (target.kind()) {
      case Server, ElasticPool, ShardMap -> target;
      case Database, CustomCollection ->
          throw EdjException.invalid(
              "target",
              "'%s' is a %s; give its values to a member of a collection, with 'add-child'"
                  .formatted(target.name(), target.kind()));
    };
  }

  private static void put(
      Handle handle,
      TargetRow collection,
      TargetRow member,
      Membership membership,
      @Nullable String parameters) {
    ChildStore store = handle.attach(ChildStore.class);
    if (member.kind() == TargetKind.CustomCollection) {
      store.lockNesting();
      if (store.contains(member.targetId(), collection.targetId())) {
        throw EdjException.invalid(
            "child",
            "collection '%s' cannot be put into '%s': it would contain itself"
                .formatted(member.name(), collection.name()));
      }
    }
    Optional<ChildRow> before = store.child(collection.targetId(), member.targetId());
    store.put(collection.targetId(), member.targetId(), membership, parameters);
    NewAuditEvent event = event("add-child", collection);
    before
        .map(row -> event.before(row.child()))
        .orElse(event)
        .after(store.child(collection.targetId(), member.targetId()).orElseThrow().child())
        .record(handle);
  }

  private static NewAuditEvent event(String verb, TargetRow target) {
    return NewAuditEvent.of("target." + verb).named(target.name()).id(target.targetId());
  }

  private static TargetRow row(Handle handle, UUID targetId) {
    return handle
        .attach(TargetStore.class)
        .find("", targetId)
        .orElseThrow(() -> EdjException.notFound(NOUN, targetId.toString()));
  }

  private TargetRow row(String nameOrId) {
    return store
        .find(nameOrId, TargetRules.id(nameOrId))
        .orElseThrow(() -> EdjException.notFound(NOUN, nameOrId));
  }

  private TargetRow collection(String nameOrId) {
    TargetRow target = row(nameOrId);
    if (target.kind() != TargetKind.CustomCollection) {
      throw EdjException.invalid(
          "parent",
          "target '%s' is a %s; only a CustomCollection has children"
              .formatted(target.name(), target.kind()));
    }
    return target;
  }

  private RuntimeException translated(
      JdbiException e, NewTarget target, String name, @Nullable ServerName server) {
    return switch (ConstraintViolation.constraint(e)) {
      case "target_name_key" -> EdjException.alreadyExists(NOUN, name);
      case "target_child_parent_id_fkey" -> EdjException.notFound(NOUN, "its collection");
      case "target_database_key", "target_server_key", "target_shard_map_key", "target_pool_key" ->
          EdjException.alreadyExists(
              NOUN,
              server == null
                  ? name
                  : store
                      .findName(
                          target.kind(),
                          server.canonical(),
                          target.database(),
                          target.shardMap(),
                          target.pool())
                      .orElse(name));
      default -> e;
    };
  }
}
