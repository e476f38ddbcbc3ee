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
                : Optional.of(refusal(command, server, address.getHostAddress())));
  }

  static String refusal(TokenCommand command, ServerName server, String place) {
    return "token command '%s' of this node is not for server %s at %s; whoever runs the node can add it behind the @ of --token-command"
        .formatted(command.name(), server.canonical(), place);
  }
}
