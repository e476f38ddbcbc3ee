package dev.edj.notice;

import dev.edj.security.SecretContext;

/// What of a notice is kept encrypted.
enum SecretKind {
  /// Where its webhook is.
  Address,
  /// What its webhook is signed with.
  SigningKey;

  SecretContext of(String notice) {
    return switch (this) {
      case Address ->
          new SecretContext(
              "edj address of notice " + notice,
              "the address of the webhook of notice '%s'".formatted(notice));
      case SigningKey ->
          new SecretContext(
              "edj signing key of notice " + notice,
              "the signing key of notice '%s'".formatted(notice));
    };
  }
}
