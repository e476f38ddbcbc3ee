package dev.edj.cli;

import dev.edj.node.ServiceNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `edj node`: the processes of the service. A NODE is a node's name or id.
@Command(name = "node")
final class NodeCommands {

  private static final String NOUN = "nodes";

  private final Session session;

  NodeCommands(Session session) {
    this.session = session;
  }

  @Command(
      name = "list",
      description = "Lists the nodes: those alive, and those that went within a day.",
      footerHeading = "%nExample:%n",
      footer = "  edj node list")
  void list(
      @Option(
              names = {"--include-inactive", "--all"},
              description = "All that are gone, too.")
          boolean includeInactive) {
    ApiPath path = ApiPath.of(NOUN).with("includeInactive", includeInactive ? true : null);
    session
        .output()
        .list(session.api().list(ServiceNode.class, path), NodeViews::table, "No nodes.");
  }

  @Command(
      name = "show",
      description = "Shows a node and what it runs.",
      footerHeading = "%nExample:%n",
      footer = "  edj node show edj-1-4711")
  void show(@Parameters(paramLabel = "NODE", description = "Name or id.") String node) {
    Answer<ServiceNode> answer = session.api().get(ServiceNode.class, ApiPath.of(NOUN, node));
    session.output().show(answer, NodeViews::details);
    if (!session.output().isJson() && answer.value().inProgress() > 0) {
      session.output().line("");
      session.output().line(NodeViews.children(answer.value()).render(session.output().colours()));
    }
  }

  @Command(
      name = "drain",
      description = {
        "Lets a node take nothing new; what it runs goes on to its end, and the process stays up.",
        "It takes work again when it is resumed, or started again."
      },
      footerHeading = "%nExample:%n",
      footer = "  edj node drain edj-1-4711")
  void drain(@Parameters(paramLabel = "NODE", description = "Name or id.") String node) {
    order(node, "drain");
  }

  @Command(
      name = "resume",
      description = "Lets a drained node take work again.",
      footerHeading = "%nExample:%n",
      footer = "  edj node resume edj-1-4711")
  void resume(@Parameters(paramLabel = "NODE", description = "Name or id.") String node) {
    order(node, "resume");
  }

  private void order(String node, String order) {
    session
        .output()
        .show(
            session.api().post(ServiceNode.class, ApiPath.of(NOUN, node, order), null),
            NodeViews::details);
  }
}
