package dev.edj.credential;

import dev.edj.engine.DialRule;
import dev.edj.engine.ServerName;
import dev.edj.problem.EdjException;
import java.net.InetAddress;
import java.util.Optional;

/// Where a credential's login may be sent, as the credential was when a worker was handed it.
record SendingRule(String credentialName, ServerPatterns patterns) implements DialRule {

  @Override
  public Optional<String> findRefusal(ServerName server, InetAddress address) {
    if (patterns.allows(server, address)) {
      return Optional.empty();
    }
    return findRefusal(server)
        .or(() ->
            Optional.of(
                "credential '%s' may not be sent to server %s at %s; an administrator can add the address to the credential's servers"
                    .formatted(credentialName, server.canonical(), address.getHostAddress())));
  }

  /// What its name alone says, before anybody has asked for its address.
  Optional<String> findRefusal(ServerName server) {
    try {
      patterns.require(server, credentialName);
      return Optional.empty();
    } catch (EdjException e) {
      return Optional.of(e.text());
    }
  }
}
