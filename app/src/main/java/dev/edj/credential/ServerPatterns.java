package dev.edj.credential;

import dev.edj.engine.ServerName;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The servers that a credential's password may be sent to.
public final class ServerPatterns {

  private static final int MOST = 1000;

  private final List<ServerPattern> patterns;

  private ServerPatterns(List<ServerPattern> patterns) {
    this.patterns = patterns;
  }

  public static ServerPatterns parse(List<String> patterns) {
    if (patterns.size() > MOST) {
      throw EdjException.invalid("servers", "has more than %,d patterns".formatted(MOST));
    }
    return new ServerPatterns(patterns.stream().map(ServerPattern::parse).distinct().toList());
  }

  /// As far as the server's name tells: which address it has is not known yet.
  public boolean allows(ServerName server) {
    return patterns.stream().anyMatch(pattern -> pattern.allows(server));
  }

  boolean allows(ServerName server, InetAddress address) {
    return patterns.stream().anyMatch(pattern -> pattern.allows(server, address));
  }

  /// Throws an [EdjException] that names the server and the credential when it may not go there.
  public void require(ServerName server, String credentialName) {
    require(server, credentialName, "credential");
  }

  /// The same where the credential is named in another field than `credential`.
  void require(ServerName server, String credentialName, String field) {
    if (!allows(server)) {
      throw new EdjException(
          ErrorCode.SERVER_NOT_ALLOWED,
          field,
          ("credential '%s' may not be sent to server %s; an administrator can add the server to"
                  + " the credential's servers")
              .formatted(credentialName, server.canonical()));
    }
  }

  /// Whether it goes nowhere by the others where it may not go by these.
  public boolean covers(ServerPatterns others) {
    return others.patterns.stream()
        .allMatch(other -> patterns.stream().anyMatch(pattern -> pattern.covers(other)));
  }

  /// Each in its one form.
  public List<String> texts() {
    return patterns.stream().map(ServerPattern::text).toList();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ServerPatterns that && patterns.equals(that.patterns);
  }

  @Override
  public int hashCode() {
    return patterns.hashCode();
  }
}
