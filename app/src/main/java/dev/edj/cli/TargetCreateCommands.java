package dev.edj.cli;

import dev.edj.target.NewTarget;
import dev.edj.target.Target;
import dev.edj.target.TargetKind;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `edj target create`, a verb for each kind of target.
@Command(
    name = "create",
    description =
        "Creates a target: database, server, elastic-pool, shard-map or custom-collection.")
final class TargetCreateCommands {

  private final Session session;

  TargetCreateCommands(Session session) {
    this.session = session;
  }

  @Command(
      name = "database",
      description = "Creates a target for one database.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  edj target create database db1.example.com tenant1",
        "  edj target create database postgresql://db2.example.com:5433 tenant2 --name 'Tenant 2'"
      })
  void database(
      @Parameters(
              paramLabel = "SERVER",
              description =
                  "host, host:port, host,port or host\\instance, with postgresql://, mysql:// or"
                      + " mariadb:// in front unless it is SQL Server.")
          String server,
      @Parameters(paramLabel = "DATABASE", description = "The database's name.") String database,
      @Option(
              names = "--name",
              paramLabel = "NAME",
              description = "The target's name (default: SERVER/DATABASE).")
          @Nullable String name) {
    create(new NewTarget(TargetKind.Database, name, server, database, null, null, null));
  }

  @Command(
      name = "server",
      description = {
        "Creates a target for every database of a server, as they are at each start.",
        "Without --name it is called SERVER/*."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  edj target create server db1.example.com --credential app",
        "  edj target create server mariadb://10.0.0.7 --credential app --tls verify-ca \\",
        "      --trusted-certificate ca.pem --connect-timeout 5s --max-connections 8",
        "  edj target create server db2.example.com --require-label zone=eu",
        "  edj target create server db1.example.com --name 'all tenants' \\",
        "      --name-pattern 'tenant_*' --exclude-pattern '*_template'"
      })
  void server(
      @Parameters(
              paramLabel = "SERVER",
              description =
                  "host, host:port, host,port or host\\instance, with postgresql://, mysql:// or"
                      + " mariadb:// in front unless it is SQL Server.")
          String server,
      @Option(
              names = "--include-system-databases",
              description = "System databases belong to it, too.")
          boolean includeSystemDatabases,
      @Mixin ResolvedTargetOptions target,
      @Mixin PatternOptions patterns,
      @Mixin ServerOptions options) {
    create(
        new NewTarget(
            TargetKind.Server,
            target.name(),
            server,
            null,
            target.credential(),
            includeSystemDatabases ? true : null,
            options.settings(session.terminal()),
            null,
            patterns.included(),
            patterns.excluded(),
            null));
  }

  @Command(
      name = "elastic-pool",
      description = {
        "Creates a target for every database in an elastic pool of Azure SQL, as they are at each"
            + " start.",
        "The server's master database is asked for them.",
        "Without --name it is called SERVER/pool:POOL."
      },
      footerHeading = "%nExample:%n",
      footer =
          "  edj target create elastic-pool --server tenants.database.windows.net --pool Pool1")
  void elasticPool(
      @Option(
              names = {"--server", "--server-name"},
              paramLabel = "SERVER",
              required = true,
              description = "The logical server that the pool is on.")
          String server,
      @Option(
              names = {"--pool", "--elastic-pool-name"},
              paramLabel = "POOL",
              required = true,
              description = "The elastic pool's name.")
          String pool,
      @Mixin ResolvedTargetOptions target) {
    create(NewTarget.elasticPool(target.name(), server, pool, target.credential()));
  }

  @Command(
      name = "shard-map",
      description = {
        "Creates a target for every database that a shard map lists, as they are at each start.",
        "Without --name it is called SERVER/DATABASE#MAP."
      },
      footerHeading = "%nExample:%n",
      footer = {
        "  edj target create shard-map --server catalog.example.com --database Catalog \\",
        "      --map Tenants --credential catalog-reader"
      })
  void shardMap(
      @Option(
              names = {"--server", "--server-name"},
              paramLabel = "SERVER",
              required = true,
              description = "The server of the shard map manager.")
          String server,
      @Option(
              names = {"--database", "--database-name"},
              paramLabel = "DATABASE",
              required = true,
              description = "The shard map manager's database.")
          String database,
      @Option(
              names = {"--map", "--shard-map"},
              paramLabel = "MAP",
              required = true,
              description = "The shard map's name.")
          String map,
      @Mixin ResolvedTargetOptions target) {
    create(NewTarget.shardMap(target.name(), server, database, map, target.credential()));
  }

  @Command(
      name = "custom-collection",
      description = "Creates a named set of targets, empty at first.",
      footerHeading = "%nExample:%n",
      footer = "  edj target create custom-collection tenants")
  void customCollection(
      @Parameters(paramLabel = "NAME", description = "The collection's name.") String name) {
    create(new NewTarget(TargetKind.CustomCollection, name, null, null, null, null, null));
  }

  private void create(NewTarget target) {
    session
        .output()
        .show(
            session.api().post(Target.class, ApiPath.of(TargetCommands.NOUN), target),
            TargetViews::details);
  }
}
