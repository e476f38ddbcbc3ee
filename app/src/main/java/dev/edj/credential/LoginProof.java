package dev.edj.credential;

/// By what a login proves who it is.
public enum LoginProof {
  PASSWORD,
  /// With its private key.
  CLIENT_CERTIFICATE
}
