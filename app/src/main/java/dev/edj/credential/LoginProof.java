package dev.edj.credential;

/// By what a login proves who it is.
public enum LoginProof {
  PASSWORD,
  /// What a command of the node prints, in place of a password.
  TOKEN_COMMAND,
  /// With its private key.
  CLIENT_CERTIFICATE
}
