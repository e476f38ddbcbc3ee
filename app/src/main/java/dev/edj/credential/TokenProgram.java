package dev.edj.credential;

import dev.edj.engine.ServerName;
import dev.edj.security.CommandWords;
import dev.edj.security.SecretCommand;
import dev.edj.settings.TokenCommandOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A program that prints them.
///
/// @param option that named it
/// @param words the program and its arguments
record TokenProgram(String option, List<String> words) implements TokenMaker {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  static TokenProgram of(TokenCommandOption option) {
    return new TokenProgram("--token-command " + option.name(), CommandWords.of(option.command()));
  }

  @Override
  public String ask(ServerName server, String userName) {
    return SecretCommand.run(
        option,
        words,
        Map.of(
            "EDJ_ENGINE", server.engine().scheme(),
            "EDJ_HOST", server.host(),
            "EDJ_PORT", String.valueOf(server.portOrDefault()),
            "EDJ_USER", userName),
        LIMIT);
  }
}
