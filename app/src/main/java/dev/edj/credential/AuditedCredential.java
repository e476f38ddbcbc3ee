package dev.edj.credential;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/// A credential in the audit log, which knows of its secrets only that they were set.
record AuditedCredential(
    @JsonUnwrapped Credential credential, boolean passwordSet, boolean privateKeySet) {

  static AuditedCredential of(Credential credential, GivenProof given) {
    return new AuditedCredential(credential, given.hasPassword(), given.hasCertificate());
  }
}
