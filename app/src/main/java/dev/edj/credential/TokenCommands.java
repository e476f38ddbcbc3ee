package dev.edj.credential;

import dev.edj.engine.Password;
import dev.edj.engine.ServerName;
import dev.edj.engine.TokenIssuer;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.settings.TokenSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Tokens that this node's commands print, or its managed identities are given, each for one user
/// of one server, and used again for a while. Who asks while a command runs waits for it, and gets
/// what it prints.
public final class TokenCommands {

  private static final int MOST_KEPT = 10_000;
  private static final int LONGEST_TOKEN = 20_000;

  private final Map<String, TokenCommand> commands;
  private final Duration lifetime;
  private final Map<Asked, Made> made = new ConcurrentHashMap<>();

  private TokenCommands(List<TokenCommand> commands, Duration lifetime) {
    this.commands =
        commands.stream()
            .collect(
                Collectors.toMap(
                    TokenCommand::name,
                    Function.identity(),
                    (one, other) -> {
                      throw EdjException.invalid(
                          "--token-command", "'%s' is there twice".formatted(one.name()));
                    }));
    this.lifetime = lifetime;
  }

  public static TokenCommands none() {
    return new TokenCommands(List.of(), Duration.ZERO);
  }

  /// Throws an [EdjException] that names the option when a command or a pattern cannot be.
  public static TokenCommands of(TokenSettings settings) {
    try {
      return new TokenCommands(
          Stream.concat(
                  settings.commands().stream().map(TokenCommand::of),
                  settings.identities().stream()
                      .map(option -> TokenCommand.of(option, settings.endpoint())))
              .toList(),
          settings.lifetime());
    } catch (IllegalArgumentException e) {
      throw EdjException.invalid("--token-command", String.valueOf(e.getMessage()));
    }
  }

  /// Another node may have it.
  TokenCommand named(String name) {
    TokenCommand command = commands.get(name);
    if (command == null) {
      throw unavailable(
          "this node has no token command '%s'; start every worker and controller that reaches the server with --token-command %s@SERVERS=COMMAND"
              .formatted(name, name));
    }
    return command;
  }

  /// A token, and who made it, so that one that is not taken is dropped.
  Issued token(TokenCommand command, ServerName server, String userName) {
    if (!command.servers().allows(server)) {
      throw new EdjException(
          ErrorCode.SERVER_NOT_ALLOWED,
          "credential",
          TokenRule.refusal(command, server.canonical()));
    }
    Asked asked = new Asked(command, server, userName);
    return new Issued(password(asked), new Dropping(this, asked));
  }

  record Issued(Password token, TokenIssuer issuer) {}

  private Password password(Asked asked) {
    if (made.size() >= MOST_KEPT) {
      made.clear();
    }
    Made token =
        made.compute(
            asked, (_, known) -> known == null || known.isOlderThan(lifetime) ? run(asked) : known);
    try {
      return token.password().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("the wait for token command '%s' was interrupted".formatted(asked.name()));
    } catch (ExecutionException e) {
      made.remove(asked, token);
      throw e.getCause() instanceof EdjException failure
          ? unavailable(failure.text())
          : new IllegalStateException(e.getCause());
    }
  }

  /// On a thread of its own: whoever asked first may be stopped while others wait.
  private static Made run(Asked asked) {
    CompletableFuture<Password> password = new CompletableFuture<>();
    Thread.ofVirtual().name("edj-token-" + asked.name()).start(() -> complete(password, asked));
    return new Made(password, System.nanoTime());
  }

  private static void complete(CompletableFuture<Password> password, Asked asked) {
    try {
      String token = asked.command().maker().ask(asked.server(), asked.userName());
      if (token.isEmpty() || token.length() > LONGEST_TOKEN || token.lines().count() > 1) {
        throw unavailable(
            "token command '%s' prints no token: one line of at most %,d characters"
                .formatted(asked.name(), LONGEST_TOKEN));
      }
      password.complete(new Password(token));
    } catch (Throwable e) {
      // Whatever it is, those who wait have to hear of it.
      password.completeExceptionally(e);
    }
  }

  private static EdjException unavailable(String reason) {
    return new EdjException(ErrorCode.TOKEN_UNAVAILABLE, null, reason);
  }

  private record Asked(TokenCommand command, ServerName server, String userName) {

    String name() {
      return command.name();
    }
  }

  private record Made(CompletableFuture<Password> password, long startedNanos) {

    boolean isOlderThan(Duration lifetime) {
      return password.isDone() && System.nanoTime() - startedNanos > lifetime.toNanos();
    }

    boolean is(Password token) {
      return password.isDone()
          && !password.isCompletedExceptionally()
          && password.join().equals(token);
    }
  }

  private record Dropping(TokenCommands commands, Asked asked) implements TokenIssuer {

    @Override
    public void drop(Password token) {
      commands.made.computeIfPresent(asked, (_, known) -> known.is(token) ? null : known);
    }
  }
}
