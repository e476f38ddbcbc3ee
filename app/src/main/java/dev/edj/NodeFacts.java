package dev.edj;

import dev.edj.node.NodeRole;
import dev.edj.settings.ServiceSettings;
import java.util.Set;
import java.util.TreeSet;

/// What a node tells everybody who may see nodes of how it runs: settings by name, one by one, so
/// that one which is new and secret is not among them by itself.
final class NodeFacts {

  private NodeFacts() {}

  static Set<String> of(ServiceSettings settings) {
    Runtime runtime = Runtime.getRuntime();
    Set<String> facts = new TreeSet<>();
    facts.add("java=" + Runtime.version() + " " + System.getProperty("java.vendor"));
    facts.add(
        "os=%s %s %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")));
    facts.add("processors=" + runtime.availableProcessors());
    facts.add("heap=%d MB".formatted(runtime.maxMemory() / (1024 * 1024)));
    facts.add("process=" + ProcessHandle.current().pid());
    facts.add("control-database=" + (settings.controlDatabase() == null ? "embedded" : "shared"));
    facts.add("control-database-connections=" + settings.controlDatabaseConnections());
    facts.add("lease=" + settings.lease());
    facts.add("grace=" + settings.grace());
    if (settings.is(NodeRole.WORKER)) {
      facts.add("worker-capacity=" + settings.workerCapacity());
    }
    if (settings.is(NodeRole.CONTROLLER)) {
      facts.add("history-retention=" + settings.historyRetention());
      facts.add("results-retention=" + settings.resultsRetention());
    }
    if (settings.is(NodeRole.API)) {
      facts.add("host=" + settings.host());
      facts.add("request-rate=" + settings.requestRate());
      facts.add("oidc=" + (settings.oidc() == null ? "off" : "on"));
    }
    return facts;
  }
}
