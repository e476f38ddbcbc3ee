package dev.edj.cli;

import dev.edj.content.Content;
import dev.edj.content.ContentVersion;
import dev.edj.content.NewContent;
import dev.edj.content.NewContentVersion;
import dev.edj.script.ScriptException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `edj content`: scripts in numbered versions that never change.
@Command(name = "content")
final class ContentCommands {

  private static final String NOUN = "contents";
  private static final String VERSIONS = "versions";
  private static final String LATEST = "latest";

  private final Session session;

  ContentCommands(Session session) {
    this.session = session;
  }

  @Command(
      name = "create",
      description = "Creates a script, with its first version.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  edj content create 'Create a TestTable' --file create-test-table.sql",
        "  edj content create 'Row counts' --text 'SELECT COUNT(*) FROM TestTable'",
        "  generate.sh | edj content create nightly --file - --comment 'from generate.sh'"
      })
  void create(
      @Parameters(paramLabel = "NAME", description = "What jobs will call it.") String name,
      @Mixin ScriptSource source,
      @Option(
              names = "--comment",
              paramLabel = "TEXT",
              description = "What is to be remembered about this version.")
          @Nullable String comment)
      throws ScriptException {
    NewContent content = new NewContent(name, source.read(session.terminal()), comment);
    session
        .output()
        .show(
            session.api().post(Content.class, ApiPath.of(NOUN), content), ContentCommands::details);
  }

  @Command(
      name = "update",
      description = {
        "Adds a version to a script. Jobs use it from their next start on, unless they name a"
            + " version."
      },
      footerHeading = "%nExample:%n",
      footer =
          "  edj content update 'Create a TestTable' --file v2.sql --comment 'Adding AdditionalInformation'")
  void update(
      @Parameters(paramLabel = "NAME", description = "The script.") String name,
      @Mixin ScriptSource source,
      @Option(
              names = "--comment",
              paramLabel = "TEXT",
              description = "What is to be remembered about this version.")
          @Nullable String comment,
      @Option(
              names = "--expected-version",
              paramLabel = "NUMBER",
              description =
                  "The version it is made of: refused when the content has a newer one by then.")
          @Nullable Integer expectedVersion)
      throws ScriptException {
    NewContentVersion version =
        new NewContentVersion(source.read(session.terminal()), comment, expectedVersion);
    session
        .output()
        .show(
            session.api().post(ContentVersion.class, ApiPath.of(NOUN, name, VERSIONS), version),
            ContentCommands::details);
  }

  @Command(
      name = "show",
      description =
          "Shows a script's newest version, or another one; its text is 'edj content text'.",
      footerHeading = "%nExample:%n",
      footer = "  edj content show 'Create a TestTable'")
  void show(
      @Parameters(paramLabel = "NAME", description = "The script.") String name,
      @Option(names = "--version", paramLabel = "NUMBER", description = "The version to show.")
          @Nullable Integer version) {
    if (version == null) {
      session
          .output()
          .show(session.api().get(Content.class, ApiPath.of(NOUN, name)), ContentCommands::details);
    } else {
      session.output().show(version(name, version), ContentCommands::details);
    }
  }

  @Command(
      name = "list",
      description = "Lists the contents.",
      footerHeading = "%nExample:%n",
      footer = "  edj content list")
  void list() {
    session
        .output()
        .list(
            session.api().list(Content.class, ApiPath.of(NOUN)),
            ContentCommands::table,
            "No contents yet. Create one with 'edj content create'.");
  }

  @Command(
      name = "delete",
      description = "Deletes a content that no job uses, with all its versions.",
      footerHeading = "%nExample:%n",
      footer = "  edj content delete 'Create a TestTable'")
  void delete(@Parameters(paramLabel = "NAME", description = "The content.") String name) {
    session.api().order("DELETE", ApiPath.of(NOUN, name), null);
    session.output().done("Deleted.");
  }

  @Command(
      name = "versions",
      description = "Lists the versions of a content, oldest first.",
      footerHeading = "%nExample:%n",
      footer = "  edj content versions 'Create a TestTable'")
  void versions(@Parameters(paramLabel = "NAME", description = "The content.") String name) {
    session
        .output()
        .list(
            session.api().list(ContentVersion.class, ApiPath.of(NOUN, name, VERSIONS)),
            ContentCommands::versionTable,
            "No versions.");
  }

  @Command(
      name = "text",
      description =
          "Prints a script's text exactly as it is stored; the newest version's, or another's.",
      footerHeading = "%nExample:%n",
      footer = "  edj content text 'Create a TestTable' --version 1 > first.sql")
  void text(
      @Parameters(paramLabel = "NAME", description = "The script.") String name,
      @Option(names = "--version", paramLabel = "NUMBER", description = "The version to print.")
          @Nullable Integer version) {
    Answer<ContentVersion> found = version(name, version);
    if (session.output().isJson()) {
      session.output().json(found.json());
    } else {
      String text = found.value().text();
      session.output().raw(text == null ? "" : text);
    }
  }

  @Command(
      name = "split",
      description = {
        "Splits a script into the batches that EDJ would run, without any service: a check before a"
            + " script is stored.",
        "A script that cannot be right is refused with exit code 2."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  edj content split --file upgrade.sql",
        "  edj content split --file upgrade.sql --engine postgresql --var owner=app -o json"
      })
  void split(
      @Mixin ScriptSource source,
      @Option(
              names = "--engine",
              paramLabel = "ENGINE",
              defaultValue = "sqlserver",
              description =
                  "Whose rules: sqlserver, postgresql, mysql or mariadb (default: sqlserver).")
          SplitEngine engine,
      @Option(
              names = "--var",
              paramLabel = "NAME=VALUE",
              description = "A variable's value; repeatable.")
          @Nullable List<String> variables)
      throws ScriptException {
    new SplitPreview(session.output())
        .show(source.read(session.terminal()), engine, Variables.parse("--var", variables));
  }

  private Answer<ContentVersion> version(String name, @Nullable Integer version) {
    String number = version == null ? LATEST : version.toString();
    return session.api().get(ContentVersion.class, ApiPath.of(NOUN, name, VERSIONS, number));
  }

  private static Details details(Content content) {
    return new Details()
        .line("Name", content.name())
        .line("Kind", content.kind())
        .line("Newest version", content.latestVersion())
        .line("Created", content.createdAt())
        .line("Updated", content.updatedAt());
  }

  private static Details details(ContentVersion version) {
    return new Details()
        .line("Content", version.content())
        .line("Version", version.version())
        .line("Comment", version.comment())
        .line("Characters", version.length())
        .line("SHA-256", version.sha256())
        .line("Created", version.createdAt());
  }

  private static Table table(List<Content> contents) {
    Table table = Table.of("NAME", "KIND", "VERSION", "UPDATED");
    contents.forEach(c -> table.row(c.name(), c.kind(), c.latestVersion(), c.updatedAt()));
    return table;
  }

  private static Table versionTable(List<ContentVersion> versions) {
    Table table = Table.of("VERSION", "COMMENT", "CHARACTERS", "CREATED");
    versions.forEach(v -> table.row(v.version(), v.comment(), v.length(), v.createdAt()));
    return table;
  }
}
