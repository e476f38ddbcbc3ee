package dev.edj.security;

import static java.util.stream.Collectors.joining;

import com.google.crypto.tink.HybridDecrypt;
import com.google.crypto.tink.KeysetHandle;
import dev.edj.engine.Password;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.settings.PrivateKeyOrigins;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/// The private keys of a node that logs in to targets. Nodes that share a control database hold the
/// same keys, each from where it is told.
public final class PrivateKeys {

  private final List<KeySource> sources;
  private volatile KeyRing ring;

  private PrivateKeys(List<KeySource> sources, KeyRing ring) {
    this.sources = sources;
    this.ring = ring;
  }

  /// Those of a node that connects to no target: it has no source, and decrypts nothing.
  public static PrivateKeys none() {
    return new PrivateKeys(List.of(), KeyRing.EMPTY);
  }

  /// Those of all origins as they are now; none is made, and nobody is told.
  public static PrivateKeys found(PrivateKeyOrigins origins, Path dataDirectory) {
    List<KeySource> sources = sources(origins, dataDirectory);
    return new PrivateKeys(sources, read(sources));
  }

  /// Those in one file.
  public static PrivateKeys open(Path file, Jdbi jdbi) {
    return open(List.of(new PrivateKeyFile(file)), jdbi);
  }

  /// Those of all origins together.
  public static PrivateKeys open(PrivateKeyOrigins origins, Path dataDirectory, Jdbi jdbi) {
    return open(sources(origins, dataDirectory), jdbi);
  }

  private static List<KeySource> sources(PrivateKeyOrigins origins, Path dataDirectory) {
    List<KeySource> sources = new ArrayList<>();
    origins.filesOf(dataDirectory).forEach(file -> sources.add(new PrivateKeyFile(file)));
    if (origins.variable() != null) {
      sources.add(new KeyVariable(origins.variable()));
    }
    if (origins.command() != null) {
      sources.add(new KeyCommand(origins.command()));
    }
    return sources;
  }

  /// Reads the keys, or makes one in the first file when there is none yet and none is needed, and
  /// registers their public halves. Refuses to go on without the private half of a key in use.
  private static PrivateKeys open(List<KeySource> sources, Jdbi jdbi) {
    return jdbi.inTransaction(handle -> {
      EncryptionKeyStore store = handle.attach(EncryptionKeyStore.class);
      store.lock();
      KeyRing ring = read(sources);
      if (ring.isEmpty() && store.keyIdsInUse().isEmpty()) {
        ring = made(sources);
      }
      PrivateKeys keys = new PrivateKeys(sources, ring);
      keys.register(store);
      if (store.current().isEmpty()) {
        store.activate(ring.lastId());
      }
      return keys;
    });
  }

  /// The password of a credential.
  public Password decrypt(EncryptedPassword password, String credentialName) {
    return decrypt(password, SecretContext.credential(credentialName));
  }

  public Password decrypt(EncryptedPassword secret, SecretContext context) {
    if (!isHolding()) {
      throw new EdjException(
          ErrorCode.SETUP,
          null,
          ("this node only has the role api, so it holds no private key and cannot decrypt %s;"
                  + " ask a node that is a controller or a worker")
              .formatted(context.description()));
    }
    try {
      HybridDecrypt key = ring.find(secret.keyId());
      if (key != null) {
        byte[] text = key.decrypt(secret.ciphertext(), context.bytes());
        return new Password(new String(text, StandardCharsets.UTF_8));
      }
    } catch (GeneralSecurityException e) {
      // The sentence below says it; the exception tells no more.
    }
    throw new EdjException(
        ErrorCode.SETUP,
        null,
        "%s cannot be decrypted with the private keys of this node; its key is %s. Set it again"
            .formatted(context.description(), secret.keyId()));
  }

  /// Whether this node is one that has private keys.
  public boolean isHolding() {
    return !sources.isEmpty();
  }

  /// How many there are.
  public int size() {
    return ring.ids().size();
  }

  public boolean holds(String keyId) {
    return ring.find(keyId) != null;
  }

  /// The secret under another key, bound to the same context; to be kept instead.
  public EncryptedPassword underKey(
      PublicKey key, EncryptedPassword secret, SecretContext context) {
    return PasswordCipher.encrypt(key, context, decrypt(secret, context).text());
  }

  /// Looks again at where the keys come from, tells the control database which ones this node
  /// holds, and refuses to be without one in use.
  public void report(long nodeId, Jdbi jdbi) {
    KeyRing now = read(sources);
    jdbi.useTransaction(handle -> {
      EncryptionKeyStore store = handle.attach(EncryptionKeyStore.class);
      store.lock();
      PrivateKeys seen = new PrivateKeys(sources, now);
      seen.register(store);
      store.hold(nodeId, now.ids().toArray(String[]::new));
    });
    ring = now;
  }

  /// Makes another key where this node can keep one; empty when all it has is a variable or a
  /// command.
  Optional<String> make(EncryptionKeyStore store, long nodeId) {
    for (KeySource source : sources) {
      if (source instanceof PrivateKeyFile file) {
        Set<String> before = new HashSet<>(ring.ids());
        file.add();
        ring = read(sources);
        register(store);
        store.hold(nodeId, ring.ids().toArray(String[]::new));
        return ring.ids().stream().filter(id -> !before.contains(id)).findFirst();
      }
    }
    return Optional.empty();
  }

  private void register(EncryptionKeyStore store) {
    List<String> missing =
        store.keyIdsInUse().stream().filter(id -> ring.find(id) == null).toList();
    if (!missing.isEmpty()) {
      throw missing(sources, missing);
    }
    ring.ids().forEach(id -> store.insert(id, ring.publicKeyset(id)));
  }

  private static KeyRing read(List<KeySource> sources) {
    List<KeysetHandle> keysets =
        sources.stream().map(KeySource::find).flatMap(Optional::stream).toList();
    try {
      return KeyRing.of(keysets);
    } catch (GeneralSecurityException e) {
      throw sources.getFirst().setup("holds keys that cannot be used", null);
    }
  }

  private static KeyRing made(List<KeySource> sources) {
    try {
      for (KeySource source : sources) {
        if (source instanceof PrivateKeyFile file) {
          file.create(Hpke.newKey());
          return read(sources);
        }
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    throw sources.getFirst().setup("has no private key; make one with edj key generate", null);
  }

  private static EdjException missing(List<KeySource> sources, List<String> keyIds) {
    KeySource first = sources.getFirst();
    return first.setup(
        "%sdoes not hold key %s, which stored passwords need; %s"
            .formatted(
                sources.stream()
                    .skip(1)
                    .map(source -> "with " + source.description() + " ")
                    .collect(joining()),
                String.join(", ", keyIds),
                first instanceof PrivateKeyFile
                    ? "copy the file from another node"
                    : "put it there"),
        null);
  }
}
