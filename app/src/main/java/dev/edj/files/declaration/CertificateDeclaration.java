package dev.edj.files.declaration;

import org.jspecify.annotations.Nullable;

/// A client certificate in a file: [dev.edj.credential.NewClientCertificate], with its secrets by
/// where they are.
///
/// @param certificates in PEM; null where it is only said which one the service has
/// @param sha256 of the client's own certificate; null where there are `certificates`
public record CertificateDeclaration(
    @Nullable String certificates,
    @Nullable String sha256,
    @Nullable SecretSource privateKey,
    @Nullable SecretSource privateKeyPassword) {}
