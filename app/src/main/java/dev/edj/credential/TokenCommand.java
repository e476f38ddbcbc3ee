package dev.edj.credential;

import dev.edj.settings.IdentityEndpoint;
import dev.edj.settings.ManagedIdentityOption;
import dev.edj.settings.TokenCommandOption;

/// What credentials ask this node for tokens by.
///
/// @param servers it may be asked for; a credential that names more is not followed there
record TokenCommand(String name, ServerPatterns servers, TokenMaker maker) {

  static TokenCommand of(TokenCommandOption option) {
    return new TokenCommand(
        option.name(), ServerPatterns.parse(option.servers()), TokenProgram.of(option));
  }

  static TokenCommand of(ManagedIdentityOption option, IdentityEndpoint endpoint) {
    return new TokenCommand(
        option.name(),
        ServerPatterns.parse(option.servers()),
        new ManagedIdentity(endpoint, option.clientId()));
  }
}
