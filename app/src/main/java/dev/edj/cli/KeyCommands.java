package dev.edj.cli;

import dev.edj.security.GeneratedKey;
import dev.edj.security.KeyRotation;
import dev.edj.security.KnownKey;
import dev.edj.settings.PrivateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `edj key`: what passwords and secret parameters are encrypted with. Private halves are never
/// asked of the service, nor shown.
@Command(name = "key")
final class KeyCommands {

  private static final String NOUN = "encryption-keys";
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private final Session session;

  KeyCommands(Session session) {
    this.session = session;
  }

  @Command(
      name = "list",
      description = "Lists the keys, and the nodes that have their private halves.",
      footerHeading = "%nExample:%n",
      footer = "  edj key list")
  void list() {
    session
        .output()
        .list(
            session.api().list(KnownKey.class, ApiPath.of(NOUN)),
            KeyCommands::table,
            "No keys yet. The first node with workers makes one.");
  }

  @Command(
      name = "rotate",
      description = {
        "Has a new key take the place of the present one, while jobs go on.",
        "A node makes it in its key file, or one is taken that the nodes were given. When every node"
            + " that decrypts has it, all that is kept is encrypted with it, and the older keys are"
            + " taken out of use. Run again, it says how far that has come."
      },
      footerHeading = "%nExamples:%n",
      footer = {"  edj key rotate", "  edj key rotate --wait 10m"})
  void rotate(
      @Option(
              names = "--wait",
              paramLabel = "DURATION",
              defaultValue = "30s",
              description = "How long to wait for its end (default: 30s).")
          Duration wait) {
    Answer<KeyRotation> answer =
        session.api().post(KeyRotation.class, ApiPath.of(NOUN, "rotate"), null);
    Patience patience = Patience.of(wait);
    while (answer.value().endedAt() == null && !patience.isOver()) {
      Patience.pause(BETWEEN_LOOKS);
      answer = session.api().get(KeyRotation.class, ApiPath.of(NOUN, "rotation"));
    }
    session.output().show(answer, KeyCommands::details);
    if (answer.value().endedAt() == null) {
      session.output().note("Not at its end yet: run edj key rotate again to see how far it is.");
    }
  }

  @Command(
      name = "generate",
      description = {
        "Makes a private key, without a service, for a secret manager that gives it to the nodes.",
        "Put it beside the present ones, then run edj key rotate."
      },
      footerHeading = "%nExample:%n",
      footer = "  edj key generate --beside encryption-keys.json --to new-keys.json")
  void generate(
      @Option(
              names = "--beside",
              paramLabel = "FILE",
              description = "The present keys, which will be in what is made, too; - reads them.")
          @Nullable String beside,
      @Option(
              names = "--to",
              paramLabel = "FILE",
              required = true,
              description = "The file to make, which only you may read; - prints the keys.")
          String file) {
    String keys =
        beside == null
            ? GeneratedKey.alone()
            : GeneratedKey.beside(
                new String(ScriptSource.bytes(beside, session.terminal()), StandardCharsets.UTF_8));
    if (file.equals("-")) {
      session.output().line(keys);
      return;
    }
    try {
      if (!new PrivateFile(Path.of(file).toAbsolutePath()).create(keys)) {
        throw CommandException.badInput("%s exists already".formatted(file));
      }
    } catch (IOException e) {
      throw CommandException.badInput("%s cannot be made: %s".formatted(file, e));
    }
    session.output().done("Made %s.".formatted(file));
  }

  private static Details details(KeyRotation rotation) {
    return new Details()
        .line("Requested", rotation.requestedAt())
        .line("New key", rotation.keyId())
        .line("Waits for", rotation.waitingFor())
        .line("Ended", rotation.endedAt());
  }

  private static Table table(List<KnownKey> keys) {
    Table table = Table.of("ID", "LIFECYCLE", "CREATED", "CREDENTIALS", "HELD BY", "MISSING ON");
    keys.forEach(key ->
        table.row(
            key.keyId(),
            key.lifecycle(),
            key.createdAt(),
            key.credentials(),
            key.heldBy(),
            key.missingOn()));
    return table;
  }
}
