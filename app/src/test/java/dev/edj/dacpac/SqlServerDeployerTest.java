package dev.edj.dacpac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.dacpac.file.DacpacException;
import dev.edj.dacpac.model.Database;
import dev.edj.dacpac.plan.Alert;
import dev.edj.dacpac.plan.PublishOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlServerDeployerTest {

  @TempDir private Path directory;

  @Test
  void whatTheOptionsLeaveOutIsToldOnceForEachType() throws IOException, DacpacException {
    StringBuilder elements =
        new StringBuilder(
            """
            <Element Type="SqlDatabaseOptions"><Property Name="Collation" Value="Latin1_General_CI_AS"/></Element>
            <Element Type="SqlAssembly" Name="[Code]"/>
            """);
    for (int i = 0; i < 7; i++) {
      elements.append("<Element Type=\"SqlLogin\" Name=\"[login%d]\"/>\n".formatted(i));
    }
    Dacpac source =
        DacpacFile.open(
            Packages.with(elements.toString()).in(directory), DacpacFile.Checksum.REQUIRED);
    PublishOptions options =
        PublishOptions.parse(Map.of("ExcludeObjectTypes", "Logins;Assemblies"), Map.of());

    PlannedDeployment planned =
        new SqlServerDeployer()
            .plan(
                source,
                options,
                new Database("Latin1_General_CI_AS", false, List.of(), Set.of()),
                "shop");

    assertThat(planned.plan().alerts())
        .containsExactly(
            new Alert(
                Alert.Kind.LEFT_ALONE,
                "The options leave out of the package: SqlAssembly [Code].",
                "SqlAssembly"),
            new Alert(
                Alert.Kind.LEFT_ALONE,
                "The options leave out of the package: SqlLogin [login0]; SqlLogin [login1];"
                    + " SqlLogin [login2]; SqlLogin [login3]; SqlLogin [login4]; and 2 more.",
                "SqlLogin"));
    assertThat(planned.report()).contains("<Alert Name=\"LeftAlone\">").contains("[login0]");
  }
}
