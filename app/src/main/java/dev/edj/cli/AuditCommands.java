package dev.edj.cli;

import dev.edj.audit.AuditEvent;
import dev.edj.audit.AuditOutcome;
import dev.edj.audit.ChainHead;
import dev.edj.audit.ExportedChain;
import dev.edj.audit.Verification;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `edj audit`: who did what.
@Command(name = "audit")
final class AuditCommands {

  private static final String NOUN = "audit";

  private final Session session;

  AuditCommands(Session session) {
    this.session = session;
  }

  @Command(
      name = "list",
      description = "Lists what was done, the newest first.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  edj audit list --since 24h",
        "  edj audit list --actor ada --action job.update",
        "  edj audit list --object 'tenants.example.com/*'",
        "  edj audit list --outcome refused --since 7d"
      })
  void list(
      @Option(
              names = "--actor",
              paramLabel = "NAME",
              description = "By this user, or with a token of theirs; 'local', or 'service'.")
          @Nullable String actor,
      @Option(
              names = "--action",
              paramLabel = "ACTION",
              description = "Only this, such as credential.update or execution.start.")
          @Nullable String action,
      @Option(
              names = "--kind",
              paramLabel = "KIND",
              description = "Only to objects of this kind, such as credential.")
          @Nullable String kind,
      @Option(
              names = "--object",
              paramLabel = "NAME",
              description =
                  "Only to this object, by its name or id; an execution's job, or its id.")
          @Nullable String object,
      @Option(
              names = "--outcome",
              paramLabel = "OUTCOME",
              description = "Only what was done, or what was refused: done, refused.")
          @Nullable AuditOutcome outcome,
      @Option(
              names = "--since",
              paramLabel = "TIME",
              description = "At or after: 2026-01-31, 2026-01-31T22:00Z (UTC), or 2h ago: 2h.")
          @Nullable Instant since,
      @Option(names = "--until", paramLabel = "TIME", description = "Before this time.")
          @Nullable Instant until,
      @Mixin PageOptions page) {
    ApiPath path =
        ApiPath.of(NOUN)
            .with("actor", actor)
            .with("action", action)
            .with("kind", kind)
            .with("object", object)
            .with("outcome", outcome)
            .with("from", since)
            .with("to", until);
    session
        .output()
        .list(
            session.api().list(AuditEvent.class, path, page.limit(), page.after()),
            AuditViews::table,
            "Nothing of that kind was done.");
  }

  @Command(
      name = "show",
      description = "Shows an event, with what was before and after it.",
      footerHeading = "%nExample:%n",
      footer = "  edj audit show 4711")
  void show(
      @Parameters(paramLabel = "ID", description = "The number that 'edj audit list' shows.")
          long id) {
    session
        .output()
        .show(
            session.api().get(AuditEvent.class, ApiPath.of(NOUN, String.valueOf(id))),
            AuditViews::details);
  }

  @Command(
      name = "verify",
      description = {
        "Says whether any event was changed, removed or moved since it was written: exit code 1 if so.",
        "Keep the head that it ends with elsewhere, and name it the next time: only that shows that"
            + " the log's end was not cut off."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  edj audit verify",
        "  edj audit verify --expect-head 8124:9c1e…",
        "  edj audit verify --file audit.jsonl"
      })
  int verify(
      @Option(
              names = "--expect-head",
              paramLabel = "HEAD",
              description = "A head of before, which must still be in the chain.")
          @Nullable String expectHead,
      @Option(
              names = "--after-head",
              paramLabel = "HEAD",
              description = "Look only at what came after this head.")
          @Nullable String afterHead,
      @Option(
              names = "--file",
              paramLabel = "FILE",
              description =
                  "Look at this export instead of the service's log; - is standard input.")
          @Nullable Path file) {
    if (file != null) {
      Verification verification =
          ofFile(file, head("afterHead", afterHead), head("expectHead", expectHead));
      Output output = session.output();
      output.show(
          new Answer<>(Json.mapper().valueToTree(verification), verification, null),
          AuditViews::verification);
      return exitCode(verification);
    }
    ApiPath path =
        ApiPath.of(NOUN, "verification")
            .with("expectHead", expectHead)
            .with("afterHead", afterHead);
    Answer<Verification> answer = session.api().get(Verification.class, path);
    session.output().show(answer, AuditViews::verification);
    return exitCode(answer.value());
  }

  private Verification ofFile(Path file, @Nullable ChainHead after, @Nullable ChainHead expected) {
    boolean standardInput = file.toString().equals("-");
    if (!standardInput) {
      CommandException.refuseDirectory(file);
    }
    try (InputStream in = standardInput ? session.terminal().in() : Files.newInputStream(file)) {
      return ExportedChain.verify("file", in, after, expected);
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.BAD_INPUT, "cannot read %s: %s".formatted(file, e.toString()), e);
    }
  }

  private static @Nullable ChainHead head(String field, @Nullable String text) {
    return text == null ? null : ChainHead.parse(field, text);
  }

  private static int exitCode(Verification verification) {
    return (verification.intact() ? ExitCode.DONE : ExitCode.NOT_SUCCEEDED).number();
  }

  @Command(
      name = "export",
      description = {
        "Writes the events in the order of their chain, a line of JSON each, for another system to keep.",
        "Whoever has the lines can check them: 'edj audit verify --file', or a few lines of any language."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  edj audit export --out audit.jsonl",
        "  edj audit export --after 8124 --out audit-2.jsonl"
      })
  void export(
      @Option(
              names = "--after",
              paramLabel = "NUMBER",
              defaultValue = "0",
              description = "Only those after this number of the chain.")
          long after,
      @Option(
              names = "--out",
              paramLabel = "FILE",
              description = "Where to write them (default: standard output).")
          @Nullable Path file) {
    AtomicReference<byte @Nullable []> last = new AtomicReference<>();
    new Download(session.api(), session.terminal(), session.output())
        .bring(
            ApiPath.of(NOUN, "export").with("after", after),
            (in, out) -> last.set(Download.copyLines(in, out)),
            file);
    byte[] line = last.get();
    session
        .output()
        .note(line == null ? "Nothing new." : "Head: " + head(Json.mapper().readTree(line)));
  }

  private static String head(JsonNode line) {
    return new ChainHead(line.path("number").asLong(), line.path("hash").asString()).text();
  }
}
