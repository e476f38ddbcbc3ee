package dev.edj.cli;

import dev.edj.access.MadeToken;
import dev.edj.access.NewToken;
import dev.edj.access.Role;
import dev.edj.access.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `edj token`: what programs show to be let in.
@Command(name = "token")
final class TokenCommands {

  private static final String NOUN = "tokens";

  private final Session session;

  TokenCommands(Session session) {
    this.session = session;
  }

  @Command(
      name = "create",
      description = {
        "Makes a token for a program, and prints it: the only time that it can be seen.",
        "It may do no more than its user, and is given in the variable EDJ_TOKEN."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  edj token create nightly --role operator",
        "  edj token create eu --role operator --collection eu-tenants",
        "  edj token create ci --user deploy --lifetime 30d > token"
      })
  void create(
      @Parameters(paramLabel = "NAME", description = "What it is for.") String name,
      @Option(
              names = "--user",
              paramLabel = "USER",
              description = "Whose it is to be, for administrators (default: you).")
          @Nullable String user,
      @Option(
              names = "--role",
              paramLabel = "ROLE",
              description =
                  "What it may do at most: Reader, Operator, Author or Administrator (default: all"
                      + " that its user may).")
          @Nullable Role role,
      @Option(
              names = "--collection",
              paramLabel = "COLLECTION",
              description =
                  "Where it may do that, with the role Operator or Author: what is in this custom"
                      + " collection; repeatable (default: wherever its user may).")
          @Nullable List<String> collections,
      @Option(
              names = "--lifetime",
              paramLabel = "DURATION",
              description = "How long it is good (default: 90d, at most 366d).")
          @Nullable Duration lifetime) {
    Answer<MadeToken> made =
        session
            .api()
            .post(
                MadeToken.class,
                ApiPath.of(NOUN),
                new NewToken(name, user, role, collections, lifetime));
    if (session.output().isJson()) {
      session.output().json(made.json());
      return;
    }
    Token token = made.value().token();
    session.output().line(made.value().secret());
    session
        .output()
        .note(
            "Token %d of %s, good until %s. It is not shown again."
                .formatted(token.id(), token.user(), Cell.of(token.expiresAt()).text()));
  }

  @Command(
      name = "list",
      description = "Lists your tokens; for an administrator, those of all users.",
      footerHeading = "%nExamples:%n",
      footer = {"  edj token list", "  edj token list --user deploy"})
  void list(
      @Option(names = "--user", paramLabel = "USER", description = "Those of one user only.")
          @Nullable String user) {
    Instant now = session.terminal().clock().instant();
    session
        .output()
        .list(
            session.api().list(Token.class, ApiPath.of(NOUN).with("user", user)),
            tokens -> table(tokens, now),
            "No tokens. Make one with 'edj token create'.");
  }

  @Command(
      name = "revoke",
      description = "Makes a token worthless at once.",
      footerHeading = "%nExample:%n",
      footer = "  edj token revoke 7")
  void revoke(
      @Parameters(paramLabel = "ID", description = "The number that 'edj token list' shows.")
          long id) {
    session.api().order("DELETE", ApiPath.of(NOUN, String.valueOf(id)), null);
    session.output().done("Revoked.");
  }

  private static Table table(List<Token> tokens, Instant now) {
    Table table = Table.of("ID", "USER", "NAME", "MADE BY", "AT MOST", "GOOD UNTIL", "LAST USED");
    tokens.forEach(token ->
        table.row(
            token.id(),
            token.user(),
            token.name(),
            switch (token.kind()) {
              case Api -> token.createdBy();
              case SignIn -> "sign-in";
            },
            token.limit(),
            until(token, now),
            token.lastUsedAt()));
    return table;
  }

  private static Cell until(Token token, Instant now) {
    return token.isExpired(now)
        ? new Cell("expired", Style.CAUTION, false)
        : Cell.of(token.expiresAt());
  }
}
