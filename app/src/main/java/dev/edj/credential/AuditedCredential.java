package dev.edj.credential;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/// A credential in the audit log, which knows of a password only that it was set.
record AuditedCredential(@JsonUnwrapped Credential credential, boolean passwordSet) {}
