package dev.edj.target;

import dev.edj.controldb.ControlDatabaseClock;
import dev.edj.credential.CredentialReference;
import dev.edj.engine.TargetException;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Looks at the servers of targets, by logging in as a job does.
public final class TargetServers {

  private final Jdbi jdbi;
  private final Dialer dialer;

  public TargetServers(Jdbi jdbi, Dialer dialer) {
    this.jdbi = jdbi;
    this.dialer = dialer;
  }

  /// What the server of a target shows of itself now.
  ///
  /// @param credential for a target that has none of its own
  public ServerFacts facts(String nameOrId, @Nullable String credential) {
    TargetRow target =
        jdbi.withExtension(
                TargetStore.class, store -> store.find(nameOrId, TargetRules.id(nameOrId)))
            .orElseThrow(() -> EdjException.notFound("target", nameOrId));
    Integer serverId = target.serverId();
    if (serverId == null) {
      throw EdjException.invalid(
          "target",
          "'%s' is a %s, which is on no server of its own; ask for one of its members"
              .formatted(target.name(), target.kind()));
    }
    try {
      return dialer.facts(
          serverId, credentialId(target, credential), ControlDatabaseClock.ahead(jdbi));
    } catch (TargetException e) {
      throw new EdjException(
          ErrorCode.TARGET_UNREACHABLE,
          null,
          "the server of target '%s' cannot be looked at: %s"
              .formatted(target.name(), e.getMessage()),
          e);
    }
  }

  private long credentialId(TargetRow target, @Nullable String credential) {
    if (target.credentialId() != null) {
      return target.credentialId();
    }
    if (credential == null) {
      throw EdjException.invalid(
          "credential", "give one: target '%s' has none of its own".formatted(target.name()));
    }
    return jdbi.withHandle(handle -> CredentialReference.named(handle, credential).credentialId());
  }
}
