package dev.edj.dacpac;

import dev.edj.dacpac.file.DacpacException;
import dev.edj.dacpac.file.DacpacException.Code;
import dev.edj.dacpac.model.Database;
import dev.edj.dacpac.plan.PublishOptions;
import java.sql.Connection;
import java.util.List;
import java.util.Set;

/// Takes packages, and deploys none of them.
public final class NoDeployer implements Deployer {

  private static final Database NOTHING = new Database("", false, List.of(), Set.of());

  @Override
  public Database interpret(Dacpac source, PublishOptions options) {
    return NOTHING;
  }

  @Override
  public Database read(Connection connection) {
    return NOTHING;
  }

  @Override
  public PlannedDeployment plan(
      Dacpac source, PublishOptions options, Database target, String databaseName)
      throws DacpacException {
    throw new DacpacException(
        Code.NOT_SUPPORTED, "this version of EDJ opens packages, and does not deploy them yet");
  }
}
