package dev.edj.engine;

import java.net.InetAddress;
import java.util.Optional;

/// Where a login may be sent. It is asked for each connection that is about to be made with it,
/// with the very address that will be connected to. Equal rules say the same.
@FunctionalInterface
public interface DialRule {

  /// For a login that somebody gave for this one connection.
  DialRule ANYWHERE = (server, address) -> Optional.empty();

  /// Why the login may not be sent there; empty when it may.
  Optional<String> findRefusal(ServerName server, InetAddress address);
}
