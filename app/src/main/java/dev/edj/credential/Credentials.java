package dev.edj.credential;

import static java.util.Objects.requireNonNullElse;

import dev.edj.audit.NewAuditEvent;
import dev.edj.controldb.ConstraintViolation;
import dev.edj.problem.EdjException;
import dev.edj.problem.NameSearch;
import dev.edj.problem.Names;
import dev.edj.problem.Users;
import dev.edj.security.EncryptionKeys;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/// Creates, changes, lists and deletes credentials. A password is encrypted as soon as it arrives
/// and is not read here again.
public final class Credentials {

  private static final String NOUN = "credential";

  private final Jdbi jdbi;
  private final CredentialStore store;
  private final EncryptionKeys keys;

  public Credentials(Jdbi jdbi, EncryptionKeys keys) {
    this.jdbi = jdbi;
    this.store = jdbi.onDemand(CredentialStore.class);
    this.keys = keys;
  }

  public Credential create(NewCredential credential) {
    String name = Names.checked("name", credential.name());
    String userName = Names.checked("userName", credential.userName());
    ServerPatterns servers = ServerPatterns.parse(credential.servers());
    GivenProof given = GivenProof.of(keys, credential);
    KeptProof proof = given.alone();
    try {
      jdbi.useTransaction(handle -> {
        handle
            .attach(CredentialStore.class)
            .insert(CredentialRow.of(name, userName, proof, servers));
        NewAuditEvent.of("credential.create")
            .named(name)
            .after(AuditedCredential.of(named(handle, name), given))
            .record(handle);
      });
    } catch (JdbiException e) {
      throw translated(e, name);
    }
    return named(name);
  }

  /// More servers need its secrets as well, so that nobody sends one they do not know to a server
  /// of their choice.
  public Credential update(String name, CredentialChange change) {
    GivenProof given = GivenProof.of(keys, name, change);
    try {
      jdbi.useTransaction(handle -> update(handle, name, change, given));
    } catch (JdbiException e) {
      throw translated(e, name);
    }
    return named(name);
  }

  public Credential named(String name) {
    return jdbi.withHandle(handle -> named(handle, name));
  }

  private static Credential named(Handle handle, String name) {
    return handle
        .attach(CredentialStore.class)
        .find(name)
        .orElseThrow(() -> EdjException.notFound(NOUN, name));
  }

  public List<Credential> list() {
    return store.list();
  }

  public List<Credential> list(NameSearch search) {
    return store.search(search);
  }

  /// Some of the names that hold a text, in whatever case; first those that begin with it.
  public List<String> names(String text, int limit) {
    return store.names(text, limit);
  }

  /// By how many jobs and targets each is named, by the credential's name.
  public Map<String, CredentialUses> uses() {
    return store.uses();
  }

  /// Jobs and targets that name it.
  public CredentialUsers users(String name) {
    return new CredentialUsers(store.jobs(name), store.targets(name));
  }

  /// Deletes a credential that no job, target or execution uses.
  public void delete(String name) {
    try {
      jdbi.useTransaction(handle -> {
        Credential before = named(handle, name);
        if (handle.attach(CredentialStore.class).delete(name) == 0) {
          throw EdjException.notFound(NOUN, name);
        }
        NewAuditEvent.of("credential.delete").named(name).before(before).record(handle);
      });
    } catch (JdbiException e) {
      if (ConstraintViolation.constraint(e).isEmpty()) {
        throw e;
      }
      throw EdjException.inUse(
          NOUN,
          name,
          Users.none().and("job", store.jobs(name)).and("target", store.targets(name)).text());
    }
  }

  private static void update(
      Handle handle, String name, CredentialChange change, GivenProof given) {
    CredentialStore store = handle.attach(CredentialStore.class);
    CredentialRow before =
        store.findForUpdate(name).orElseThrow(() -> EdjException.notFound(NOUN, name));
    Credential shown = named(handle, name);
    ServerPatterns servers =
        ServerPatterns.parse(requireNonNullElse(change.servers(), before.servers()));
    KeptProof proof = given.after(before.proof());
    if (!before.patterns().covers(servers)) {
      given.requireAll(name, proof);
    }
    String userName =
        change.userName() == null
            ? before.userName()
            : Names.checked("userName", change.userName());
    store.update(CredentialRow.of(name, userName, proof, servers));
    NewAuditEvent.of("credential.update")
        .named(name)
        .before(shown)
        .after(AuditedCredential.of(named(handle, name), given))
        .record(handle);
  }

  private static RuntimeException translated(JdbiException e, String name) {
    return switch (ConstraintViolation.constraint(e)) {
      case "credential_name_key" -> EdjException.alreadyExists(NOUN, name);
      case "credential_key_id_fkey" -> foreignKey("encryptedPassword");
      case "credential_client_key_key_id_fkey" ->
          foreignKey("clientCertificate.encryptedPrivateKey");
      default -> e;
    };
  }

  private static EdjException foreignKey(String field) {
    return EdjException.invalid(
        field, "its key is not one of this service; fetch the public key and encrypt again");
  }
}
