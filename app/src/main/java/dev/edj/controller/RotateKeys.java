package dev.edj.controller;

import dev.edj.credential.PasswordRenewal;
import dev.edj.duty.Duty;
import dev.edj.node.NodeLease;
import dev.edj.notice.NoticeRenewal;
import dev.edj.parameter.SecretRenewal;
import dev.edj.security.EncryptionKeys;
import dev.edj.security.KeyRotations;
import dev.edj.security.PrivateKeys;
import dev.edj.security.PublicKey;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the rotation of keys that was asked for to its end. Any number of nodes may be at it.
final class RotateKeys implements Duty {

  private static final Logger log = LoggerFactory.getLogger(RotateKeys.class);
  private static final Duration POLL = Duration.ofSeconds(2);

  private final KeyRotations rotations;
  private final EncryptionKeys encryptionKeys;
  private final PasswordRenewal passwords;
  private final SecretRenewal secrets;
  private final NoticeRenewal notices;
  private final NodeLease lease;
  private final PrivateKeys keys;

  RotateKeys(Jdbi jdbi, NodeLease lease, PrivateKeys keys) {
    this.lease = lease;
    this.rotations = new KeyRotations(jdbi);
    this.encryptionKeys = new EncryptionKeys(jdbi);
    this.passwords = new PasswordRenewal(jdbi);
    this.secrets = new SecretRenewal(jdbi);
    this.notices = new NoticeRenewal(jdbi);
    this.keys = keys;
  }

  @Override
  public Duration perform() {
    return rotations.advance(keys, lease.nodeId(), this::renew) ? Duration.ZERO : POLL;
  }

  private boolean renew() {
    PublicKey current = encryptionKeys.current();
    int renewed =
        passwords.renew(keys, current)
            + secrets.renew(keys, current)
            + notices.renew(keys, current);
    if (renewed > 0) {
      log.info("{} secrets are encrypted with key {} now", renewed, current.keyId());
    }
    return renewed > 0;
  }
}
