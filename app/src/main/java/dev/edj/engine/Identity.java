package dev.edj.engine;

import org.jspecify.annotations.Nullable;

/// Who logs in, and what proves it: a password, a client certificate, or both.
public record Identity(String user, Password password, @Nullable ClientCertificate certificate) {

  public static Identity of(String user, Password password) {
    return new Identity(user, password, null);
  }
}
