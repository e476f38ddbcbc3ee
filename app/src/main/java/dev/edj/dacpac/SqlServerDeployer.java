package dev.edj.dacpac;

import dev.edj.dacpac.catalog.CatalogReader;
import dev.edj.dacpac.file.DacpacException;
import dev.edj.dacpac.file.RefactorOperation;
import dev.edj.dacpac.interpret.Interpretation;
import dev.edj.dacpac.interpret.Interpreter;
import dev.edj.dacpac.model.Database;
import dev.edj.dacpac.plan.Alert;
import dev.edj.dacpac.plan.DeployReport;
import dev.edj.dacpac.plan.DeploymentPlan;
import dev.edj.dacpac.plan.DeploymentScript;
import dev.edj.dacpac.plan.Planner;
import dev.edj.dacpac.plan.PublishOption;
import dev.edj.dacpac.plan.PublishOptions;
import dev.edj.dacpac.plan.Source;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Compares packages with databases of SQL Server and Azure SQL.
public final class SqlServerDeployer implements Deployer {

  /// What is left out is told with each child's plan, and may be a lot.
  private static final int MOST_NAMED = 5;

  @Override
  public Database interpret(Dacpac source, PublishOptions options) throws DacpacException {
    Database described =
        Interpreter.read(source.model(), withBuiltIn(options, source.name())).database();
    return new Database(
        described.collation(),
        described.caseSensitive(),
        described.objects(),
        source.refactorLog().stream().map(RefactorOperation::key).collect(Collectors.toSet()));
  }

  @Override
  public void requireFits(Dacpac source, PublishOptions options, Platform.Server server)
      throws DacpacException {
    if (!options.is(PublishOption.ALLOW_INCOMPATIBLE_PLATFORM)) {
      source.platform().requireFits(server);
    }
  }

  @Override
  public Database read(Connection connection) throws SQLException {
    return CatalogReader.read(connection);
  }

  @Override
  public PlannedDeployment plan(
      Dacpac source, PublishOptions options, Database target, String databaseName)
      throws DacpacException {
    PublishOptions complete = withBuiltIn(options, databaseName);
    Interpretation described = Interpreter.read(source.model(), complete);
    DeploymentPlan plan =
        Planner.plan(
                new Source(
                    described.database(),
                    source.refactorLog(),
                    source.preDeployment(),
                    source.postDeployment()),
                target,
                complete)
            .with(leftAlone(described.leftAlone()));
    String title = databaseName.isEmpty() ? source.name() : databaseName;
    return new PlannedDeployment(
        plan, DeploymentScript.of(plan, complete, title), DeployReport.of(plan));
  }

  /// One alert for each type of elements, however many there are.
  private static List<Alert> leftAlone(List<String> elements) {
    Map<String, List<String>> byType = new TreeMap<>();
    for (String element : elements) {
      byType.computeIfAbsent(element.split(" ", 2)[0], type -> new ArrayList<>()).add(element);
    }
    List<Alert> alerts = new ArrayList<>();
    byType.forEach((type, those) -> {
      int more = those.size() - MOST_NAMED;
      alerts.add(
          new Alert(
              Alert.Kind.LEFT_ALONE,
              "The options leave out of the package: %s%s."
                  .formatted(
                      those.stream().limit(MOST_NAMED).collect(Collectors.joining("; ")),
                      more > 0 ? "; and %,d more".formatted(more) : ""),
              type));
    });
    return alerts;
  }

  /// Variables that every package may use without declaring them.
  private static PublishOptions withBuiltIn(PublishOptions options, String databaseName) {
    Map<String, String> variables = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    variables.put("DatabaseName", databaseName);
    variables.put("DefaultFilePrefix", databaseName);
    variables.put("DefaultDataPath", "");
    variables.put("DefaultLogPath", "");
    variables.putAll(options.variables());
    return new PublishOptions(
        options.values(), options.excluded(), options.notDropped(), variables);
  }
}
