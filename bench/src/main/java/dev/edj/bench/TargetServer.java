package dev.edj.bench;

import dev.edj.controldb.ControlDatabaseAddress;
import java.net.URI;
import java.util.Objects;

/// The server with the databases that are worked on.
record TargetServer(ControlDatabaseAddress address, URI url) {

  TargetServer(ControlDatabaseAddress address) {
    this(address, URI.create(address.url().substring("jdbc:".length())));
  }

  /// As EDJ is told of it.
  String name() {
    return "postgresql://%s:%s".formatted(host(), port());
  }

  /// A database of it, for JDBC.
  String jdbcUrl(String database) {
    return "jdbc:postgresql://%s:%s/%s".formatted(host(), port(), database);
  }

  String host() {
    return url.getHost();
  }

  String port() {
    return Integer.toString(url.getPort());
  }

  String user() {
    return Objects.requireNonNull(address.user());
  }

  String password() {
    return Objects.requireNonNull(address.password());
  }
}
