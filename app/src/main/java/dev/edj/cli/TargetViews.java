package dev.edj.cli;

import dev.edj.target.ChildTarget;
import dev.edj.target.ExplainedResolution;
import dev.edj.target.Membership;
import dev.edj.target.Resolution;
import dev.edj.target.ServerSettings;
import dev.edj.target.Target;
import dev.edj.target.TargetDatabase;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Targets as people read them.
final class TargetViews {

  private TargetViews() {}

  static Details details(Target target) {
    Details details =
        new Details()
            .line("Name", target.name())
            .line("Id", target.id())
            .line("Kind", target.kind())
            .line("Server", target.server())
            .line("Database", target.database())
            .line("Elastic pool", target.pool())
            .line("Shard map", target.shardMap())
            .line("Name patterns", listed(target.namePatterns()))
            .line("Exclude patterns", listed(target.excludePatterns()))
            .line("Credential", target.credential())
            .line("System databases", target.includeSystemDatabases() ? "included" : null);
    ServerSettings settings = target.settings();
    if (settings != null) {
      details
          .line("TLS", words(settings.tls()))
          .line("Trusted certificate", settings.trustedCertificate())
          .line("Pinned certificates", listed(settings.pinnedCertificates()))
          .line("Password methods", listed(methods(settings)))
          .line("Connect time-out", settings.connectTimeout())
          .line("Most connections", settings.maxConnections())
          .line("Required labels", labels(settings));
    }
    return details.line("Created", target.createdAt()).line("Updated", target.updatedAt());
  }

  static Table table(List<Target> targets) {
    Table table = Table.of("NAME", "KIND", "CREDENTIAL", "ID");
    targets.forEach(t -> table.row(t.name(), t.kind(), t.credential(), t.id()));
    return table;
  }

  static Table childTable(List<ChildTarget> children) {
    Table table = Table.of("MEMBERSHIP", "NAME", "KIND", "ID", "VALUES");
    children.forEach(child ->
        table.row(
            membership(child.membership()),
            child.target().name(),
            child.target().kind(),
            child.target().id(),
            String.join(", ", ValueViews.lines(child.parameters(), child.secrets()))));
    return table;
  }

  static Table table(Resolution resolution) {
    return databases(resolution.databases());
  }

  static Table databases(List<TargetDatabase> databases) {
    Table table = Table.of("SERVER", "DATABASE", "VALUES");
    databases.forEach(found ->
        table.row(
            found.server(),
            found.database(),
            String.join(", ", ValueViews.lines(found.parameters(), found.secrets()))));
    return table;
  }

  static Table table(ExplainedResolution resolution) {
    Table table = Table.of("", "SERVER", "DATABASE", "WAY");
    resolution
        .databases()
        .forEach(found ->
            table.row(
                new Cell(
                    found.in() ? "in" : "out", found.in() ? Style.PLAIN : Style.CAUTION, false),
                found.server(),
                found.database(),
                (found.in() ? "" : "excluded by ") + String.join("; ", found.ways())));
    return table;
  }

  private static List<String> methods(ServerSettings settings) {
    return settings.passwordMethods().stream().map(TargetViews::words).toList();
  }

  private static String words(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static @Nullable List<String> listed(List<String> patterns) {
    return patterns.isEmpty() ? null : patterns;
  }

  private static List<String> labels(ServerSettings settings) {
    return settings.requiredLabels().entrySet().stream()
        .map(label -> label.getKey() + "=" + label.getValue())
        .toList();
  }

  private static Cell membership(Membership membership) {
    return new Cell(
        membership.name(), membership == Membership.Exclude ? Style.CAUTION : Style.PLAIN, false);
  }
}
