package dev.edj.credential;

import dev.edj.engine.DialRule;
import dev.edj.engine.ServerName;
import java.net.InetAddress;
import java.util.Optional;

/// Where a token may be sent: where the credential may be, and for where the node's command is.
record TokenRule(SendingRule credential, TokenCommand command) implements DialRule {

  @Override
  public Optional<String> findRefusal(ServerName server, InetAddress address) {
    return credential
        .findRefusal(server, address)
        .or(() ->
            command.servers().allows(server, address)
                ? Optional.empty()
                : Optional.of(
                    refusal(command, server.canonical() + " at " + address.getHostAddress())));
  }

  static String refusal(TokenCommand command, String server) {
    return "token command '%s' of this node is not for server %s; whoever runs the node can add it where the command is named"
        .formatted(command.name(), server);
  }
}
