package dev.edj.credential;

import static java.util.Objects.requireNonNullElse;

import dev.edj.audit.NewAuditEvent;
import dev.edj.controldb.ConstraintViolation;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.problem.NameSearch;
import dev.edj.problem.Names;
import dev.edj.problem.Users;
import dev.edj.security.EncryptedPassword;
import dev.edj.security.EncryptionKeys;
import dev.edj.security.PasswordCipher;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// Creates, changes, lists and deletes credentials. A password is encrypted as soon as it arrives
/// and is not read here again.
public final class Credentials {

  private static final String NOUN = "credential";
  private static final int LONGEST_CIPHERTEXT = 10_000;

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
    EncryptedPassword password =
        encrypted(name, credential.password(), credential.encryptedPassword());
    if (password == null) {
      throw EdjException.invalid("password", "give password or encryptedPassword");
    }
    try {
      jdbi.useTransaction(handle -> {
        handle
            .attach(CredentialStore.class)
            .insert(CredentialRow.of(name, userName, password, servers));
        NewAuditEvent.of("credential.create")
            .named(name)
            .after(new AuditedCredential(named(handle, name), true))
            .record(handle);
      });
    } catch (JdbiException e) {
      throw translated(e, name);
    }
    return named(name);
  }

  /// More servers need a password as well, so that nobody sends a password they do not know to a
  /// server of their choice.
  public Credential update(String name, CredentialChange change) {
    EncryptedPassword password = encrypted(name, change.password(), change.encryptedPassword());
    try {
      jdbi.useTransaction(handle -> update(handle, name, change, password));
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
      Handle handle, String name, CredentialChange change, @Nullable EncryptedPassword password) {
    CredentialStore store = handle.attach(CredentialStore.class);
    CredentialRow before =
        store.findForUpdate(name).orElseThrow(() -> EdjException.notFound(NOUN, name));
    Credential shown = named(handle, name);
    ServerPatterns servers =
        ServerPatterns.parse(requireNonNullElse(change.servers(), before.servers()));
    if (password == null && !before.patterns().covers(servers)) {
      throw new EdjException(
          ErrorCode.PASSWORD_REQUIRED,
          "password",
          ("credential '%s' would be sent to more servers than before; give its password again to"
                  + " confirm that; nothing was changed")
              .formatted(name));
    }
    String userName =
        change.userName() == null
            ? before.userName()
            : Names.checked("userName", change.userName());
    store.update(
        CredentialRow.of(name, userName, requireNonNullElse(password, before.password()), servers));
    NewAuditEvent.of("credential.update")
        .named(name)
        .before(shown)
        .after(new AuditedCredential(named(handle, name), password != null))
        .record(handle);
  }

  private @Nullable EncryptedPassword encrypted(
      String name, @Nullable String password, @Nullable EncryptedPassword encrypted) {
    if (password != null && encrypted != null) {
      throw EdjException.invalid("password", "give password or encryptedPassword, not both");
    }
    if (encrypted != null && encrypted.ciphertext().length > LONGEST_CIPHERTEXT) {
      throw EdjException.invalid("encryptedPassword", "is too long");
    }
    return password == null ? encrypted : PasswordCipher.encrypt(keys.current(), name, password);
  }

  private static RuntimeException translated(JdbiException e, String name) {
    return switch (ConstraintViolation.constraint(e)) {
      case "credential_name_key" -> EdjException.alreadyExists(NOUN, name);
      case "credential_key_id_fkey" ->
          EdjException.invalid(
              "encryptedPassword",
              "its key is not one of this service; fetch the public key and encrypt again");
      default -> e;
    };
  }
}
