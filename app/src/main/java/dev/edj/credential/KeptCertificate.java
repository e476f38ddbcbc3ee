package dev.edj.credential;

import dev.edj.security.EncryptedPassword;

/// A client certificate as the control database holds it.
///
/// @param certificates in PEM, the client's own first
record KeptCertificate(String certificates, EncryptedPassword privateKey) {}
