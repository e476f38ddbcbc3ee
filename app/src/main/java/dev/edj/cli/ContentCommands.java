package dev.edj.cli;

import dev.edj.content.Content;
import dev.edj.content.ContentKind;
import dev.edj.content.ContentVersion;
import dev.edj.content.DacpacVersion;
import dev.edj.content.NewContent;
import dev.edj.content.NewContentVersion;
import dev.edj.script.ScriptException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `edj content`: scripts and data-tier packages in numbered versions that never change.
@Command(name = "content")
final class ContentCommands {

  private static final String NOUN = "contents";
  private static final String VERSIONS = "versions";
  private static final String LATEST = "latest";
  private static final String DACPAC = "dacpac";
  private static final String COMMENT = "comment";

  private final Session session;

  ContentCommands(Session session) {
    this.session = session;
  }

  @Command(
      name = "create",
      description = "Creates a script or a data-tier package, with its first version.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  edj content create 'Create a TestTable' --file create-test-table.sql",
        "  edj content create 'Row counts' --text 'SELECT COUNT(*) FROM TestTable'",
        "  generate.sh | edj content create nightly --file - --comment 'from generate.sh'",
        "  edj content create Orders --dacpac Orders.dacpac",
        "  edj content create Orders --dacpac-uri https://packages.example.com/Orders.dacpac"
      })
  void create(
      @Parameters(paramLabel = "NAME", description = "What jobs will call it.") String name,
      @Mixin ContentSource source,
      @Option(
              names = "--comment",
              paramLabel = "TEXT",
              description = "What is to be remembered about this version.")
          @Nullable String comment)
      throws ScriptException {
    Path dacpac = source.dacpac();
    String script = script(source);
    session
        .output()
        .show(
            dacpac == null
                ? session
                    .api()
                    .post(
                        Content.class,
                        ApiPath.of(NOUN),
                        new NewContent(name, script, comment, source.dacpacUri()))
                : session
                    .api()
                    .postFile(
                        Content.class,
                        ApiPath.of(NOUN, name, DACPAC).with(COMMENT, comment),
                        dacpac),
            ContentCommands::details);
  }

  /// Null when it is a package.
  private @Nullable String script(ContentSource source) throws ScriptException {
    String file = source.file();
    return file == null ? source.text() : ScriptSource.readFile(file, session.terminal());
  }

  @Command(
      name = "update",
      description = {
        "Adds a version to a script or a data-tier package. Jobs use it from their next start on, unless they name a"
            + " version."
      },
      footerHeading = "%nExample:%n",
      footer =
          "  edj content update 'Create a TestTable' --file v2.sql --comment 'Adding AdditionalInformation'")
  void update(
      @Parameters(paramLabel = "NAME", description = "The content.") String name,
      @Mixin ContentSource source,
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
    Path dacpac = source.dacpac();
    String script = script(source);
    session
        .output()
        .show(
            dacpac == null
                ? session
                    .api()
                    .post(
                        ContentVersion.class,
                        ApiPath.of(NOUN, name, VERSIONS),
                        new NewContentVersion(script, comment, source.dacpacUri(), expectedVersion))
                : session
                    .api()
                    .postFile(
                        ContentVersion.class,
                        ApiPath.of(NOUN, name, VERSIONS, DACPAC)
                            .with(COMMENT, comment)
                            .with("expectedVersion", expectedVersion),
                        dacpac),
            ContentCommands::details);
  }

  @Command(
      name = "show",
      description =
          "Shows a content, or a version of it; a script's text is 'edj content text', a package's"
              + " file 'edj content download'.",
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
      if (text == null) {
        throw CommandException.badInput(
            "content '%s' is a data-tier package; its file is 'edj content download'"
                .formatted(name));
      }
      session.output().raw(text);
    }
  }

  @Command(
      name = "download",
      description = "Writes a data-tier package into a file; the newest version's, or another's.",
      footerHeading = "%nExample:%n",
      footer = "  edj content download Orders --version 1 --out Orders-1.dacpac")
  void download(
      @Parameters(paramLabel = "NAME", description = "The package.") String name,
      @Option(names = "--version", paramLabel = "NUMBER", description = "The version.")
          @Nullable Integer version,
      @Option(names = "--out", paramLabel = "FILE", required = true, description = "The file.")
          Path out) {
    String number = version == null ? LATEST : version.toString();
    try (InputStream in = session.api().stream(ApiPath.of(NOUN, name, VERSIONS, number, DACPAC));
        DraftFile draft = DraftFile.of(out)) {
      in.transferTo(draft.out());
      draft.keep();
    } catch (IOException e) {
      throw DraftFile.unwritable(out, e);
    }
    session.output().done("Written to " + out);
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
        .line("Kind", version.kind())
        .line("Package", version.dacpac() == null ? null : ofPackage(version.dacpac()))
        .line(version.kind() == ContentKind.Script ? "Characters" : "Bytes", version.length())
        .line("SHA-256", version.sha256())
        .line("Created", version.createdAt());
  }

  private static Table table(List<Content> contents) {
    Table table = Table.of("NAME", "KIND", "VERSION", "UPDATED");
    contents.forEach(c -> table.row(c.name(), c.kind(), c.latestVersion(), c.updatedAt()));
    return table;
  }

  private static Table versionTable(List<ContentVersion> versions) {
    boolean packages = versions.stream().anyMatch(v -> v.kind() == ContentKind.Dacpac);
    return packages ? packageTable(versions) : scriptTable(versions);
  }

  private static Table scriptTable(List<ContentVersion> versions) {
    Table table = Table.of("VERSION", "COMMENT", "CHARACTERS", "CREATED");
    versions.forEach(v -> table.row(v.version(), v.comment(), v.length(), v.createdAt()));
    return table;
  }

  private static Table packageTable(List<ContentVersion> versions) {
    Table table = Table.of("VERSION", "COMMENT", "PACKAGE", "BYTES", "SHA-256", "CREATED");
    versions.forEach(v ->
        table.row(
            v.version(),
            v.comment(),
            v.dacpac() == null ? null : ofPackage(v.dacpac()),
            v.length(),
            v.sha256(),
            v.createdAt()));
    return table;
  }

  /// `Orders 1.4.0.0`, or where it is fetched from.
  private static String ofPackage(DacpacVersion dacpac) {
    return dacpac.uri() != null
        ? "fetched at each run from " + dacpac.uri()
        : TextWidth.withoutControls((dacpac.name() + " " + dacpac.version()).strip());
  }
}
