package dev.edj.cli;

import dev.edj.dacpac.Dacpac;
import dev.edj.dacpac.DacpacFile;
import dev.edj.dacpac.DacpacFile.Checksum;
import dev.edj.dacpac.Deployer;
import dev.edj.dacpac.PackageSummary;
import dev.edj.dacpac.PlannedDeployment;
import dev.edj.dacpac.file.DacpacException;
import dev.edj.dacpac.model.Database;
import dev.edj.dacpac.plan.PublishOptions;
import dev.edj.text.FileFault;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `edj dacpac`: data-tier packages as files, without a service.
@Command(name = "dacpac")
final class DacpacCommands {

  private final Session session;
  private final Deployer deployer;

  DacpacCommands(Session session, Deployer deployer) {
    this.session = session;
    this.deployer = deployer;
  }

  @Command(
      name = "inspect",
      description = "Says what is in a package. It needs neither a service nor a database.",
      footerHeading = "%nExample:%n",
      footer = "  edj dacpac inspect Orders.dacpac")
  void inspect(
      @Parameters(paramLabel = "FILE", description = "The package.") Path file,
      @Option(
              names = "--ignore-checksum",
              description =
                  "Take a model that was changed after the package was made. It is refused"
                      + " otherwise.")
          boolean ignoreChecksum) {
    PackageSummary summary =
        PackageSummary.of(open(file, ignoreChecksum ? Checksum.IGNORED : Checksum.REQUIRED));
    Output output = session.output();
    if (output.isJson()) {
      output.json(Json.mapper().valueToTree(summary));
    } else {
      output.line(PackageView.details(summary).render(output.colours()));
      output.line("");
      output.line(PackageView.elements(summary).render(output.colours()));
    }
  }

  @Command(
      name = "script",
      description = {
        "Prints the script that would make a database what a package describes: a database that"
            + " is asked, or one as an older package describes it.",
        "Nothing is changed. It needs no service."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  edj dacpac script Orders-2.dacpac --against Orders-1.dacpac",
        "  edj dacpac script Orders.dacpac --server db1.example.com --database orders --user deploy"
      })
  void script(
      @Parameters(paramLabel = "FILE", description = "The package.") Path file,
      @Mixin ComparedDatabase with,
      @Mixin DeploymentOptions options) {
    PlannedDeployment planned = planned(file, with, options.read());
    if (session.output().isJson()) {
      session.output().json(json(planned));
    } else {
      session.output().raw(planned.script());
    }
  }

  @Command(
      name = "report",
      description = {
        "Prints what would be done, in the form of DacFx's DeployReport (XML).",
        "Nothing is changed. It needs no service."
      },
      footerHeading = "%nExample:%n",
      footer = "  edj dacpac report Orders-2.dacpac --against Orders-1.dacpac > report.xml")
  void report(
      @Parameters(paramLabel = "FILE", description = "The package.") Path file,
      @Mixin ComparedDatabase with,
      @Mixin DeploymentOptions options) {
    PlannedDeployment planned = planned(file, with, options.read());
    if (session.output().isJson()) {
      session.output().json(json(planned));
    } else {
      session.output().raw(planned.report());
    }
  }

  @Command(
      name = "diff",
      description =
          "Says what would be done to a database of one package to make it one of another. It needs"
              + " neither a service nor a database.",
      footerHeading = "%nExample:%n",
      footer = "  edj dacpac diff Orders-2.dacpac Orders-1.dacpac")
  void diff(
      @Parameters(paramLabel = "NEW", description = "The package to be deployed.") Path file,
      @Parameters(paramLabel = "OLD", description = "The package that is deployed.") Path old,
      @Mixin DeploymentOptions options) {
    PublishOptions read = options.read();
    PlannedDeployment planned = planned(file, read, described(old, read), "");
    Output output = session.output();
    if (output.isJson()) {
      output.json(json(planned));
    } else {
      PlanView.lines(planned.plan(), output.colours()).forEach(output::line);
    }
  }

  private PlannedDeployment planned(Path file, ComparedDatabase with, PublishOptions options) {
    Path old = with.file();
    Database target =
        old == null ? with.read(session.terminal(), deployer) : described(old, options);
    return planned(file, options, target, with.name());
  }

  private PlannedDeployment planned(
      Path file, PublishOptions options, Database target, String name) {
    try {
      return deployer.plan(open(file, Checksum.REQUIRED), options, target, name);
    } catch (DacpacException e) {
      throw refused(file, e);
    }
  }

  /// A database as a package describes it.
  private Database described(Path file, PublishOptions options) {
    try {
      return deployer.interpret(open(file, Checksum.REQUIRED), options);
    } catch (DacpacException e) {
      throw refused(file, e);
    }
  }

  private static JsonNode json(PlannedDeployment planned) {
    return Json.mapper()
        .createObjectNode()
        .put("changesNothing", planned.plan().changesNothing())
        .put("script", planned.script())
        .put("report", planned.report());
  }

  private static CommandException refused(Path file, DacpacException e) {
    return new CommandException(ExitCode.BAD_INPUT, "%s: %s".formatted(file, e.getMessage()), e);
  }

  private static Dacpac open(Path file, Checksum checksum) {
    CommandException.refuseDirectory(file);
    try {
      return DacpacFile.open(file, checksum);
    } catch (DacpacException e) {
      throw refused(file, e);
    } catch (NoSuchFileException e) {
      throw CommandException.badInput("%s does not exist".formatted(file));
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.BAD_INPUT, "cannot read %s: %s".formatted(file, FileFault.reason(e)), e);
    }
  }
}
