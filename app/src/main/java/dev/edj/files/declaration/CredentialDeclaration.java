package dev.edj.files.declaration;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A credential in a file: [dev.edj.credential.NewCredential], with its secrets by where they are.
public record CredentialDeclaration(
    String name,
    String userName,
    @Nullable SecretSource password,
    @Nullable String tokenCommand,
    @Nullable CertificateDeclaration clientCertificate,
    @Nullable List<String> servers) {}
