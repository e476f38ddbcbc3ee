package dev.edj.cli;

import dev.edj.imports.CsvImport;
import dev.edj.imports.ElasticJobsImport;
import dev.edj.imports.OverrideImport;
import dev.edj.imports.RegisteredServerImport;
import dev.edj.imports.ScriptImport;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `edj import`: what people have in other formats, as declarative files. No service is asked.
@Command(name = "import")
final class ImportCommands {

  private static final String COLLECTION = "--collection";
  private static final String COLLECTION_HELP =
      "The collection of all of them (default: the file's name).";

  private final Session session;

  ImportCommands(Session session) {
    this.session = session;
  }

  @Command(
      name = "scripts",
      description =
          "Declares each .sql file below a directory as a content, named by its path; the scripts"
              + " stay where they are.",
      footerHeading = "%nExample:%n",
      footer = "  edj import scripts migrations -f fleet")
  void scripts(
      @Parameters(paramLabel = "DIRECTORY", description = "With the scripts.") Path directory,
      @Mixin ImportOptions options) {
    options.write(
        ScriptImport.of(directory, options.directory()), "imported-scripts.yaml", session);
  }

  @Command(
      name = "csv",
      description = {
        "Declares the servers and databases in the rows of a file as a collection.",
        "Columns are found by their headings: server, database, engine; others are values of script"
            + " variables that the databases carry. A row without a database is a whole server."
      },
      footerHeading = "%nExample:%n",
      footer = "  edj import csv tenants.csv --collection tenants --engine postgresql -f fleet")
  void csv(
      @Parameters(paramLabel = "FILE", description = "With commas, semicolons or tabs.") Path file,
      @Option(names = COLLECTION, paramLabel = "NAME", description = COLLECTION_HELP)
          @Nullable String collection,
      @Option(
              names = "--engine",
              paramLabel = "ENGINE",
              description =
                  "Of servers that are written without one: postgresql, mysql or mariadb (default:"
                      + " SQL Server).")
          @Nullable String engine,
      @Mixin ImportOptions options) {
    options.write(CsvImport.of(file, collection, engine), "imported-csv.yaml", session);
  }

  @Command(
      name = "regsrvr",
      description =
          "Declares the registered servers of SQL Server Management Studio with their groups, as it"
              + " exports them. Passwords are not in such a file in a form that anybody else could"
              + " read.",
      footerHeading = "%nExample:%n",
      footer = "  edj import regsrvr production.regsrvr -f fleet")
  void registeredServers(
      @Parameters(paramLabel = "FILE", description = "The exported file.") Path file,
      @Option(names = COLLECTION, paramLabel = "NAME", description = COLLECTION_HELP)
          @Nullable String collection,
      @Mixin ImportOptions options) {
    options.write(RegisteredServerImport.of(file, collection), "imported-regsrvr.yaml", session);
  }

  @Command(
      name = "elastic-jobs",
      description =
          "Declares jobs of Azure's elastic jobs, from the rows of its catalog views in JSON or CSV;"
              + " docs/how-to/import.md has the query.",
      footerHeading = "%nExample:%n",
      footer = "  edj import elastic-jobs elastic-jobs.json -f fleet")
  void elasticJobs(
      @Parameters(
              paramLabel = "FILE",
              arity = "1..*",
              description = "JSON with all views, or CSV files named as the views.")
          List<Path> files,
      @Mixin ImportOptions options) {
    options.write(
        ElasticJobsImport.of(files, session.terminal().clock().instant()),
        "imported-elastic-jobs.yaml",
        session);
  }

  @Command(
      name = "sqlbuildmanager",
      description = "Declares the databases of an override file of SQL Build Manager.",
      footerHeading = "%nExample:%n",
      footer = "  edj import sqlbuildmanager databases.cfg -f fleet")
  void sqlBuildManager(
      @Parameters(paramLabel = "FILE", description = "Lines such as server:client,database.")
          Path file,
      @Option(names = COLLECTION, paramLabel = "NAME", description = COLLECTION_HELP)
          @Nullable String collection,
      @Mixin ImportOptions options) {
    options.write(OverrideImport.of(file, collection), "imported-sqlbuildmanager.yaml", session);
  }
}
