package dev.edj.cli;

import dev.edj.target.ChildTarget;
import dev.edj.target.ExplainedResolution;
import dev.edj.target.Membership;
import dev.edj.target.NewChild;
import dev.edj.target.NewDatabaseValues;
import dev.edj.target.Resolution;
import dev.edj.target.Target;
import dev.edj.target.TargetChange;
import dev.edj.target.TargetDatabase;
import dev.edj.target.TargetKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `edj target`: what jobs are pointed at. A TARGET is a target's name or id.
@Command(name = "target")
final class TargetCommands {

  static final String NOUN = "targets";
  private static final String CHILDREN = "children";
  private static final String VALUES = "values";

  private final Session session;

  private TargetCommands(Session session) {
    this.session = session;
  }

  static CommandLine commandLine(Session session) {
    return new CommandLine(new TargetCommands(session))
        .addSubcommand("create", new TargetCreateCommands(session));
  }

  @Command(
      name = "update",
      description = "Changes a target's name, its login, or how a server is dialled and listed.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  edj target update 'db1.example.com/*' --max-connections 8",
        "  edj target update 'db1.example.com/*' --require-label zone=eu --require-label net=inner"
      })
  void update(
      @Parameters(paramLabel = "TARGET", description = "Name or id.") String target,
      @Option(names = "--name", paramLabel = "NAME", description = "The new name.")
          @Nullable String name,
      @Option(
              names = "--credential",
              paramLabel = "NAME",
              description =
                  "The login that lists a server's databases or reads a shard map; '' goes back to"
                      + " the job's.")
          @Nullable String credential,
      @Option(
              names = "--include-system-databases",
              paramLabel = "BOOLEAN",
              arity = "0..1",
              fallbackValue = "true",
              description = "Whether a server's system databases belong to it (=false: no).")
          @Nullable Boolean includeSystemDatabases,
      @Mixin PatternOptions patterns,
      @Option(names = "--clear-patterns", description = "All databases of the server belong to it.")
          boolean clearPatterns,
      @Mixin ServerOptions server) {
    TargetChange change =
        new TargetChange(
            name,
            credential,
            includeSystemDatabases,
            server.settings(session.terminal()),
            clearPatterns ? List.of() : patterns.included(),
            clearPatterns ? List.of() : patterns.excluded());
    session
        .output()
        .show(
            session.api().patch(Target.class, ApiPath.of(NOUN, target), change),
            TargetViews::details);
  }

  @Command(
      name = "show",
      description = "Shows a target.",
      footerHeading = "%nExample:%n",
      footer = "  edj target show tenants")
  void show(@Parameters(paramLabel = "TARGET", description = "Name or id.") String target) {
    session
        .output()
        .show(session.api().get(Target.class, ApiPath.of(NOUN, target)), TargetViews::details);
  }

  @Command(
      name = "list",
      description = "Lists the targets.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  edj target list --kind CustomCollection",
        "  edj target list --server db1.example.com"
      })
  void list(
      @Option(
              names = "--kind",
              paramLabel = "KIND",
              description =
                  "Only of this kind: Database, Server, ElasticPool, ShardMap or CustomCollection.")
          @Nullable TargetKind kind,
      @Option(names = "--server", paramLabel = "SERVER", description = "Only on this server.")
          @Nullable String server,
      @Option(names = "--database", paramLabel = "DATABASE", description = "Only this database.")
          @Nullable String database,
      @Option(names = "--name", paramLabel = "NAME", description = "Only with this name.")
          @Nullable String name) {
    ApiPath path =
        ApiPath.of(NOUN)
            .with("kind", kind)
            .with("server", server)
            .with("database", database)
            .with("name", name);
    session
        .output()
        .list(session.api().list(Target.class, path), TargetViews::table, "No such targets.");
  }

  @Command(
      name = "delete",
      description = "Deletes a target that no job and no collection uses.",
      footerHeading = "%nExample:%n",
      footer = "  edj target delete tenants")
  void delete(@Parameters(paramLabel = "TARGET", description = "Name or id.") String target) {
    session.api().order("DELETE", ApiPath.of(NOUN, target), null);
    session.output().done("Deleted.");
  }

  @Command(
      name = "children",
      description = "Lists the members of a custom collection.",
      footerHeading = "%nExample:%n",
      footer = "  edj target children tenants")
  void children(
      @Parameters(paramLabel = "COLLECTION", description = "Name or id.") String collection) {
    session
        .output()
        .list(
            session.api().list(ChildTarget.class, ApiPath.of(NOUN, collection, CHILDREN)),
            TargetViews::childTable,
            "No children yet. Add one with 'edj target add-child'.");
  }

  @Command(
      name = "add-child",
      description = {
        "Adds targets of any kind to a custom collection. Excluding one wins over every way in"
            + " which it is included.",
        "With --param, all databases below them carry these values for the scripts of jobs."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  edj target add-child tenants --server db1.example.com --database tenant1",
        "  edj target add-child tenants 'db2.example.com/*'",
        "  edj target add-child tenants db2.example.com/template --exclude",
        "  edj target add-child tenants eu-tenants --param region=eu"
      })
  void addChild(
      @Parameters(paramLabel = "COLLECTION", description = "Name or id.") String collection,
      @Parameters(
              index = "1..*",
              paramLabel = "TARGET",
              arity = "0..*",
              description = "Names or ids of targets.")
          @Nullable List<String> targets,
      @Mixin ChildOptions children,
      @Option(names = "--exclude", description = "Leave them out of the collection instead.")
          boolean exclude,
      @Mixin ValueOptions values) {
    children.check(targets);
    ApiClient api = session.api();
    Map<String, @Nullable String> parameters =
        values.areGiven() ? new HashMap<>(values.readable()) : null;
    Map<String, @Nullable String> secrets =
        values.areGiven() ? new HashMap<>(values.secret(session.terminal())) : null;
    Membership membership = exclude ? Membership.Exclude : Membership.Include;
    for (String child : children.foundOrCreated(api, targets)) {
      api.order(
          "POST",
          ApiPath.of(NOUN, collection, CHILDREN),
          new NewChild(child, membership, parameters, secrets));
    }
    children(collection);
  }

  @Command(
      name = "remove-child",
      description = "Removes members of a custom collection; the targets themselves stay.",
      footerHeading = "%nExample:%n",
      footer = "  edj target remove-child tenants --server db1.example.com --database tenant1")
  void removeChild(
      @Parameters(paramLabel = "COLLECTION", description = "Name or id.") String collection,
      @Parameters(
              index = "1..*",
              paramLabel = "TARGET",
              arity = "0..*",
              description = "Names or ids of targets.")
          @Nullable List<String> targets,
      @Mixin ChildOptions children) {
    children.check(targets);
    ApiClient api = session.api();
    for (String child : children.found(api, targets)) {
      api.order("DELETE", ApiPath.of(NOUN, collection, CHILDREN, child), null);
    }
    children(collection);
  }

  @Command(
      name = "values",
      description =
          "Lists the values that single databases carry which a server, an elastic pool or a shard"
              + " map lists.",
      footerHeading = "%nExample:%n",
      footer = "  edj target values tenant-map")
  void values(@Parameters(paramLabel = "TARGET", description = "Name or id.") String target) {
    session
        .output()
        .list(
            session.api().list(TargetDatabase.class, ApiPath.of(NOUN, target, VALUES)),
            TargetViews::databases,
            "No values yet. Set one with 'edj target set-values'.");
  }

  @Command(
      name = "set-values",
      description = {
        "Sets the values of script variables that a database carries which a server, an elastic"
            + " pool or a shard map lists; all of them at once. Without any it carries none any"
            + " more.",
        "A member of a custom collection has its values from 'edj target add-child'."
      },
      footerHeading = "%nExample:%n",
      footer =
          "  edj target set-values tenant-map --server db1.example.com --database tenant1 --param"
              + " region=eu")
  void setValues(
      @Parameters(paramLabel = "TARGET", description = "Name or id.") String target,
      @Option(
              names = {"--server", "--server-name"},
              required = true,
              paramLabel = "SERVER",
              description = "The database's server.")
          String server,
      @Option(
              names = {"--database", "--database-name"},
              required = true,
              paramLabel = "DATABASE",
              description = "The database.")
          String database,
      @Mixin ValueOptions values) {
    session
        .api()
        .order(
            "PUT",
            ApiPath.of(NOUN, target, VALUES),
            new NewDatabaseValues(
                server,
                database,
                new HashMap<>(values.readable()),
                new HashMap<>(values.secret(session.terminal()))));
    values(target);
  }

  @Command(
      name = "resolve",
      description = "Lists the databases that a target is at this moment; servers are asked.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  edj target resolve tenants --credential app",
        "  edj target resolve tenants --explain"
      })
  void resolve(
      @Parameters(paramLabel = "TARGET", description = "Name or id.") String target,
      @Option(
              names = "--credential",
              paramLabel = "NAME",
              description = "The login for targets that have none of their own.")
          @Nullable String credential,
      @Option(
              names = "--explain",
              description = "Lists what is left out, too, and by which way each is in or out.")
          boolean explain) {
    if (explain) {
      ApiPath path = ApiPath.of(NOUN, target, "ways").with("credential", credential);
      Answer<ExplainedResolution> ways = session.api().get(ExplainedResolution.class, path);
      show(ways, TargetViews::table, ExplainedResolution::explanation);
    } else {
      ApiPath path = ApiPath.of(NOUN, target, "databases").with("credential", credential);
      Answer<Resolution> databases = session.api().get(Resolution.class, path);
      show(databases, TargetViews::table, Resolution::explanation);
    }
  }

  private <T> void show(
      Answer<T> answer, Function<T, Table> table, Function<T, List<String>> explanation) {
    if (session.output().isJson()) {
      session.output().json(answer.json());
      return;
    }
    session.output().line(table.apply(answer.value()).render(session.output().colours()));
    explanation.apply(answer.value()).forEach(session.output()::note);
  }
}
