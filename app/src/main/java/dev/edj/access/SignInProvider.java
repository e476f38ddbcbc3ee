package dev.edj.access;

import java.net.URI;
import java.util.List;

/// The OpenID provider that vouches for people here, for whoever signs in with it by themselves.
///
/// @param clientId what the service is called there
/// @param label what people call the provider
/// @param scopes what it is to be asked for
public record SignInProvider(URI issuer, String clientId, String label, List<String> scopes) {}
