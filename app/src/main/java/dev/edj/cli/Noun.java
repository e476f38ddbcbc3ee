package dev.edj.cli;

import dev.edj.dacpac.SqlServerDeployer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/// A word that may follow `edj`. Its commands are read only when the word is used: reading them all
/// takes longer than most commands.
record Noun(String name, String description, Supplier<CommandLine> commands) {

  /// The noun whose command looks at those of all others.
  static final String COMPLETION = "completion";

  /// The order in which a life goes; what is not named here comes after.
  private static final List<String> VERBS =
      List.of(
          "create", "update", "show", "list", "delete", "start", "check", "wait", "stop", "enable",
          "disable");

  /// The description of what is for the launcher only.
  private static final String HIDDEN = "";

  static List<Noun> all(Session session) {
    return List.of(
        of("demo", "Shows all of it in a minute.", () -> new DemoCommand(session)),
        of("serve", "Runs the service.", () -> new ServeCommand(session)),
        of(
            "migrate",
            "Brings the tables of a shared control database up to date.",
            () -> new MigrateCommand(session)),
        of(
            "doctor",
            "Examines an installation, and says what to do.",
            () -> new DoctorCommand(session)),
        of(
            "portal",
            "Prints a link that signs in to the portal.",
            () -> new PortalCommand(session)),
        of("sign-in", "Makes you known to a service.", () -> new SignInCommand(session)),
        of("sign-out", "Forgets who you are to a service.", () -> new SignOutCommand(session)),
        of("whoami", "Who you are to a service.", () -> new WhoAmICommand(session)),
        of("user", "Who may use the service, and in which roles.", () -> new UserCommands(session)),
        of("token", "What programs show to be let in.", () -> new TokenCommands(session)),
        of("credential", "Logins for databases.", () -> new CredentialCommands(session)),
        of("key", "The keys that passwords are encrypted with.", () -> new KeyCommands(session)),
        of("content", "Scripts and packages, in versions.", () -> new ContentCommands(session)),
        new Noun(
            "target",
            "Databases, servers and collections of them.",
            () -> TargetCommands.commandLine(session)),
        of(
            "policy",
            "Execution policies: time-outs and retries.",
            () -> new PolicyCommands(session)),
        of("job", "Content, credential and target under one name.", () -> new JobCommands(session)),
        of("step", "The steps of a job: add, move, remove.", () -> new StepCommands(session)),
        of(
            "schedule",
            "When: intervals, days and times, cron, once.",
            () -> new ScheduleCommands(session)),
        of(
            "trigger",
            "What starts jobs by itself: a schedule, or the end of another job.",
            () -> new TriggerCommands(session)),
        of(
            "notice",
            "Who is told of what happens to executions.",
            () -> new NoticeCommands(session)),
        of(
            "execution",
            "Runs of jobs, and what came of them.",
            () -> new ExecutionCommands(session)),
        of(
            "query",
            "Asks every database of a target, without a job.",
            () -> new QueryCommand(session)),
        of(
            "dacpac",
            "Data-tier packages, as files.",
            () -> new DacpacCommands(session, new SqlServerDeployer())),
        of("plan", "What 'apply' would do with declarative files.", () -> new PlanCommand(session)),
        of(
            "apply",
            "Makes the service have what declarative files say.",
            () -> new ApplyCommand(session)),
        of(
            "export",
            "Writes what the service has as declarative files.",
            () -> new ExportCommand(session)),
        of(
            "import",
            "Writes declarative files from what other tools have.",
            () -> new ImportCommands(session)),
        of(
            "schema",
            "Prints the JSON schema of declarative files.",
            () -> new SchemaCommand(session)),
        of(
            "node",
            "The processes of the service: what they do, drain, resume.",
            () -> new NodeCommands(session)),
        of(
            "audit",
            "Who did what, and whether somebody touched the log of it.",
            () -> new AuditCommands(session)),
        of(
            COMPLETION,
            "Prints a completion script for the shell.",
            () -> new CompletionCommand(session)),
        of("help", "Explains a command or a topic.", () -> new HelpCommand(session)),
        of("rehearse", HIDDEN, Rehearsal::new),
        of("package-files", HIDDEN, PackageFiles::new));
  }

  /// A line that knows its options and verbs.
  CommandLine read() {
    CommandLine line = commands.get();
    describe(line.getCommandSpec().usageMessage());
    inOrder(line.getCommandSpec());
    layOut(line.getCommandSpec());
    return line;
  }

  /// A command without verbs has more to say of itself.
  private void describe(UsageMessageSpec usage) {
    usage.description(
        Stream.concat(Stream.of(description), Arrays.stream(usage.description()))
            .toArray(String[]::new));
  }

  /// A line that only shows up in the overview.
  CommandLine unread() {
    CommandSpec spec = CommandSpec.create().name(name);
    spec.usageMessage().description(description).hidden(description.equals(HIDDEN));
    return new CommandLine(spec);
  }

  private static Noun of(String name, String description, Supplier<Object> commands) {
    return new Noun(name, description, () -> new CommandLine(commands.get()));
  }

  /// A command's own options come before those of every command.
  private static void layOut(CommandSpec spec) {
    spec.usageMessage()
        .synopsisHeading("Usage: ")
        .abbreviateSynopsis(true)
        .synopsisSubcommandLabel("VERB")
        .sortOptions(false)
        .descriptionHeading("%n")
        .parameterListHeading("%n")
        .optionListHeading("%n")
        .commandListHeading("%nVerbs:%n");
    spec.subcommands().values().forEach(verb -> layOut(verb.getCommandSpec()));
  }

  /// Picocli sorts methods by their names.
  private static void inOrder(CommandSpec spec) {
    List<String> names = List.copyOf(spec.subcommands().keySet());
    Stream.concat(
            VERBS.stream().filter(names::contains), names.stream().filter(n -> !VERBS.contains(n)))
        .forEach(verb -> spec.addSubcommand(verb, spec.removeSubcommand(verb)));
  }
}
