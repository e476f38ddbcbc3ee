package dev.edj.doctor;

import dev.edj.controldb.ControlDatabase;
import dev.edj.controldb.ControlDatabaseAddress;
import dev.edj.controldb.Schema;
import dev.edj.credential.DecryptionTrial;
import dev.edj.node.NodeRole;
import dev.edj.problem.EdjException;
import dev.edj.security.EncryptionKeys;
import dev.edj.security.PrivateKeys;
import dev.edj.settings.ServiceSettings;
import java.util.List;
import org.jdbi.v3.core.JdbiException;

/// The private keys of a node that decrypts: whether they are there, those that are needed, and
/// whether they open what is kept.
public record KeyExamination(ServiceSettings settings) implements Examination {

  private static final String CHECK = "keys";

  @Override
  public List<Finding> findings() {
    if (!settings.is(NodeRole.CONTROLLER) && !settings.is(NodeRole.WORKER)) {
      return List.of(Finding.skipped(CHECK, "a node with the role api alone has no private keys"));
    }
    PrivateKeys keys;
    try {
      keys = PrivateKeys.found(settings.privateKeys(), settings.dataDirectory());
    } catch (EdjException e) {
      return List.of(
          Finding.error(
              CHECK,
              e.text(),
              "Give this node the keys of the others (docs/reference/credentials.md, private keys); without"
                  + " them it does not start."));
    }
    ControlDatabaseAddress address = settings.controlDatabase();
    return List.of(address == null ? presence(keys) : necessity(keys, address));
  }

  /// An embedded control database can only be asked while the service runs, which knows itself.
  private static Finding presence(PrivateKeys keys) {
    return Finding.ok(
        CHECK,
        keys.size() == 0
            ? "there is none yet; the first start makes one"
            : "%d can be read, and by nobody else".formatted(keys.size()));
  }

  /// What is wrong with the control database itself is another's finding.
  private static Finding necessity(PrivateKeys keys, ControlDatabaseAddress address) {
    try {
      return sufficiency(keys, address);
    } catch (EdjException | JdbiException e) {
      return Finding.skipped(
          CHECK,
          "%d can be read; which are needed, the control database does not say"
              .formatted(keys.size()));
    }
  }

  private static Finding sufficiency(PrivateKeys keys, ControlDatabaseAddress address) {
    Schema.Standing standing = new Schema(address).standing();
    if (standing.login() == Schema.Login.STRANGER || !standing.missing().isEmpty()) {
      return Finding.skipped(CHECK, "the tables of the control database are not those of this edj");
    }
    try (ControlDatabase database = ControlDatabase.open(address, 2)) {
      List<String> missing =
          new EncryptionKeys(database.jdbi())
              .inUse().stream().filter(key -> !keys.holds(key)).toList();
      if (!missing.isEmpty()) {
        return Finding.error(
            CHECK,
            "key %s, which stored passwords need, is not on this node"
                .formatted(String.join(", ", missing)),
            "Copy the key file from another node, or put the key where this node has its keys from.");
      }
      return trial(DecryptionTrial.of(keys, database.jdbi()), keys);
    }
  }

  private static Finding trial(DecryptionTrial trial, PrivateKeys keys) {
    if (!trial.failures().isEmpty()) {
      return Finding.error(
          CHECK,
          String.join("; ", trial.failures()),
          "Set the password of that credential again: edj credential update NAME.");
    }
    return Finding.ok(
        CHECK,
        trial.tried() == 0
            ? "%d are here; no password is kept yet".formatted(keys.size())
            : "those that stored passwords need are here, and open them");
  }
}
