package dev.edj.testing;

import dev.edj.dacpac.Dacpac;
import dev.edj.dacpac.Deployer;
import dev.edj.dacpac.PlannedDeployment;
import dev.edj.dacpac.Platform;
import dev.edj.dacpac.file.DacpacException;
import dev.edj.dacpac.file.DacpacException.Code;
import dev.edj.dacpac.model.Database;
import dev.edj.dacpac.plan.Alert;
import dev.edj.dacpac.plan.DeploymentPlan;
import dev.edj.dacpac.plan.Phase;
import dev.edj.dacpac.plan.PublishOptions;
import dev.edj.dacpac.plan.Step;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Plans the steps that a test gives, whatever the package and the database are.
public final class GivenDeployer implements Deployer {

  private final List<Step> steps = new CopyOnWriteArrayList<>();
  private final List<Alert> alerts = new CopyOnWriteArrayList<>();
  private final List<PublishOptions> used = new CopyOnWriteArrayList<>();
  private volatile @Nullable String refusal;

  public GivenDeployer step(String title, boolean transactional, String... batches) {
    steps.add(new Step(Phase.CHANGE, title, List.of(batches), transactional, List.of(), List.of()));
    return this;
  }

  /// The package's script that runs first.
  public GivenDeployer script(String text) {
    steps.add(
        new Step(
            Phase.PRE_DEPLOYMENT,
            "Running the pre-deployment script",
            List.of(text),
            false,
            List.of(),
            List.of()));
    return this;
  }

  public GivenDeployer alert(String message, String object) {
    alerts.add(new Alert(Alert.Kind.DATA_ISSUE, message, object));
    return this;
  }

  /// From now on.
  public GivenDeployer refuses(@Nullable String sentence) {
    refusal = sentence;
    return this;
  }

  public GivenDeployer forget() {
    steps.clear();
    alerts.clear();
    return this;
  }

  /// The options of each plan.
  public List<PublishOptions> used() {
    return used;
  }

  @Override
  public Database interpret(Dacpac source, PublishOptions options) throws DacpacException {
    if (refusal != null) {
      throw new DacpacException(Code.NOT_SUPPORTED, String.valueOf(refusal));
    }
    return new Database("", false, List.of(), Set.of());
  }

  @Override
  public void requireFits(Dacpac source, PublishOptions options, Platform.Server server) {
    // Any server does.
  }

  @Override
  public Database read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT CAST(DATABASEPROPERTYEX(DB_NAME(), 'Collation') AS NVARCHAR(128))")) {
      row.next();
      return new Database(String.valueOf(row.getString(1)), false, List.of(), Set.of());
    }
  }

  @Override
  public PlannedDeployment plan(
      Dacpac source, PublishOptions options, Database target, String databaseName)
      throws DacpacException {
    interpret(source, options);
    used.add(options);
    List<String> batches = new ArrayList<>();
    steps.forEach(step -> batches.addAll(step.batches()));
    return new PlannedDeployment(
        new DeploymentPlan(steps, alerts),
        "-- %s\n%s\nGO\n".formatted(databaseName, String.join("\nGO\n", batches)),
        "<DeploymentReport><Alerts /></DeploymentReport>");
  }
}
