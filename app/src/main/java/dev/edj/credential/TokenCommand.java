package dev.edj.credential;

import dev.edj.engine.ServerName;
import dev.edj.security.CommandWords;
import dev.edj.security.SecretCommand;
import dev.edj.settings.TokenCommandOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A command of this node that prints tokens.
///
/// @param servers it may be asked for; a credential that names more is not followed there
record TokenCommand(String name, ServerPatterns servers, List<String> words) {

  private static final String OPTION = "--token-command";
  private static final Duration LIMIT = Duration.ofSeconds(30);

  static TokenCommand of(TokenCommandOption option) {
    return new TokenCommand(
        option.name(), ServerPatterns.parse(option.servers()), CommandWords.of(option.command()));
  }

  /// What it prints.
  String ask(ServerName server, String userName) {
    return SecretCommand.run(
        "%s %s".formatted(OPTION, name),
        words,
        Map.of(
            "EDJ_ENGINE", server.engine().scheme(),
            "EDJ_HOST", server.host(),
            "EDJ_PORT", String.valueOf(server.portOrDefault()),
            "EDJ_USER", userName),
        LIMIT);
  }
}
