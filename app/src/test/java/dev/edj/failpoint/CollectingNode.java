package dev.edj.failpoint;

import dev.edj.Wiring;
import dev.edj.controldb.ControlDatabaseAddress;
import dev.edj.settings.ServiceSettings;
import java.nio.file.Path;
import java.time.Duration;

/// A node in a process of its own, with real targets, which ends by itself when all is done.
final class CollectingNode {

  private CollectingNode() {}

  /// Arguments: the data directory, the control database's URL, its user and password.
  public static void main(String[] args) throws InterruptedException {
    ControlDatabaseAddress address = new ControlDatabaseAddress(args[1], args[2], args[3]);
    Wiring edj = Wiring.open(ServiceSettings.in(Path.of(args[0])).withControlDatabase(address));
    edj.node().start();
    boolean ended = FailpointNode.awaitEnd(edj.controlDatabase().jdbi(), Duration.ofSeconds(30));
    Runtime.getRuntime().halt(ended ? 0 : 1);
  }
}
