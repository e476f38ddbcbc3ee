package dev.edj.credential;

import dev.edj.controldb.SharedRead;
import dev.edj.engine.Identity;
import dev.edj.engine.ServerName;
import dev.edj.problem.EdjException;
import dev.edj.security.PrivateKeys;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Jdbi;

/// Hands a credential's login to a worker that is about to dial a server.
public final class LoginSource {

  private static final int MOST_KEPT = 1_000;

  private final SharedRead<Long, CredentialRow> credentials;
  private final PrivateKeys keys;
  private final TokenCommands commands;

  /// What was decrypted last, by credential. A decryption costs as much as a short script.
  private final Map<Long, Opened> opened = new ConcurrentHashMap<>();

  /// Without token commands.
  public LoginSource(Jdbi jdbi, PrivateKeys keys) {
    this(jdbi, keys, TokenCommands.none());
  }

  public LoginSource(Jdbi jdbi, PrivateKeys keys, TokenCommands commands) {
    CredentialStore store = jdbi.onDemand(CredentialStore.class);
    this.credentials =
        new SharedRead<>(id ->
            store.findRow(id).orElseThrow(() -> EdjException.notFound("credential", "#" + id)));
    this.keys = keys;
    this.commands = commands;
  }

  /// The login as it is now: a server taken off the credential's list is refused from that moment.
  /// When the credential may not be sent to a server of that name, it is not even decrypted; which
  /// addresses it may be sent to is seen when they are dialled.
  public Login loginFor(long credentialId, ServerName server) {
    CredentialRow credential = credentials.of(credentialId);
    SendingRule rule = credential.rule();
    rule.patterns().require(server, credential.name());
    Identity identity = identity(credentialId, credential);
    String tokenCommand = credential.tokenCommand();
    return tokenCommand == null
        ? new Login(identity, rule)
        : loginByToken(identity, rule, commands.named(tokenCommand), server);
  }

  private Login loginByToken(
      Identity identity, SendingRule rule, TokenCommand command, ServerName server) {
    TokenCommands.Issued issued = commands.token(command, server, identity.user());
    return new Login(
        new Identity(identity.user(), issued.token(), identity.certificate(), issued.issuer()),
        new TokenRule(rule, command));
  }

  /// Why the credential may not be sent to that server; empty when it may.
  public Optional<String> findRefusal(long credentialId, ServerName server) {
    return credentials.of(credentialId).rule().findRefusal(server);
  }

  private Identity identity(long credentialId, CredentialRow credential) {
    KeptProof proof = credential.proof();
    Opened known = opened.get(credentialId);
    if (known != null && known.isOf(credential, proof)) {
      return known.identity();
    }
    Identity identity = proof.opened(keys, credential.name(), credential.userName());
    if (opened.size() >= MOST_KEPT) {
      opened.clear();
    }
    opened.put(credentialId, new Opened(credential.name(), proof, identity));
    return identity;
  }

  /// An identity and all that it was decrypted from.
  private record Opened(String credentialName, KeptProof proof, Identity identity) {

    boolean isOf(CredentialRow credential, KeptProof now) {
      return credentialName.equals(credential.name())
          && identity.user().equals(credential.userName())
          && proof.equals(now);
    }
  }
}
