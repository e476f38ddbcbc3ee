package dev.edj.bundle;

import dev.edj.audit.AuditLog;
import dev.edj.content.Packages;
import dev.edj.controldb.ControlDatabase;
import dev.edj.controldb.ControlDatabaseAddress;
import dev.edj.dacpac.SqlServerDeployer;
import dev.edj.execution.EndSignal;
import dev.edj.execution.Executions;
import dev.edj.execution.RunDatabases;
import dev.edj.execution.TimeOrderedIds;
import dev.edj.job.Jobs;
import dev.edj.metric.ServiceMetrics;
import dev.edj.node.Nodes;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/// A process of its own, with little memory, that writes the bundle of an execution to a file.
public final class LargeBundle {

  private LargeBundle() {}

  /// Takes the URL, user and password of the control database, the execution, and the file.
  public static void main(String[] args) throws Exception {
    ControlDatabaseAddress address = new ControlDatabaseAddress(args[0], args[1], args[2]);
    Path file = Path.of(args[4]);
    try (ControlDatabase database = ControlDatabase.open(address, 4);
        OutputStream out = Files.newOutputStream(file)) {
      Jdbi jdbi = database.jdbi();
      new Bundles(
              jdbi,
              new Executions(jdbi, new TimeOrderedIds(InstantSource.system()), new EndSignal()),
              new RunDatabases(jdbi),
              new Jobs(
                  jdbi,
                  new Packages(jdbi, new SqlServerDeployer(), file.resolveSibling("packages"))),
              new AuditLog(jdbi),
              new Nodes(jdbi),
              new ServiceMetrics(jdbi))
          .of(UUID.fromString(args[3]))
          .write(out);
    }
  }
}
