package dev.edj.security;

/// What a client encrypts passwords with.
///
/// @param keyId the same on every node that holds the private half
/// @param publicKeyset a Tink keyset in JSON
public record PublicKey(String keyId, String publicKeyset) {}
