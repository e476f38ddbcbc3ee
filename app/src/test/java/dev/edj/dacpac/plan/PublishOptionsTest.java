package dev.edj.dacpac.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.dacpac.file.DacpacException;
import dev.edj.dacpac.model.Database;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PublishOptionsTest {

  @Test
  void aTypeIsLeftOutByTheListAndByAnOptionOfItsOwn() throws DacpacException {
    PublishOptions options =
        read(
            Map.of(
                "ExcludeObjectType", "Logins",
                "excludeusers", "True",
                "ExcludeRoleMembership", "false",
                "DoNotDropPermissions", "TRUE"));
    assertThat(options.excluded()).containsExactlyInAnyOrder("SqlLogin", "SqlUser");
    assertThat(options.notDropped()).containsExactly("SqlPermissionStatement");
    assertThatThrownBy(() -> read(Map.of("ExcludeUsers", "perhaps")))
        .hasMessage("ExcludeUsers is True or False, not 'perhaps'");
    assertThatThrownBy(() -> read(Map.of("ExcludeEverything", "True")))
        .hasMessageContaining("ExcludeEverything");
  }

  @Test
  void whatNothingIsDoneAboutTakesEitherValueAndWhatSomebodyAsksForInVainIsRefused()
      throws DacpacException {
    for (String value : List.of("True", "False")) {
      assertThat(read(Map.of("BlockWhenDriftDetected", value)).values()).hasSize(1);
      assertThat(read(Map.of("IgnoreUserSettingsObjects", value)).values()).hasSize(1);
    }
    assertThatThrownBy(() -> read(Map.of("BackupDatabaseBeforeChanges", "True")))
        .hasMessage("BackupDatabaseBeforeChanges=True is not supported");
    assertThatThrownBy(() -> read(Map.of("DisableAndReenableDdlTriggers", "True")))
        .hasMessageContaining("is not supported");
  }

  @Test
  void declarationsOfVariablesAreCommentsWhereSomebodyWantsThat() throws DacpacException {
    PublishOptions options =
        PublishOptions.parse(
            Map.of("CommentOutSetVarDeclarations", "True"), Map.of("Tenant", "seven"));
    Database nothing = new Database("Latin1_General_CI_AS", false, List.of(), Set.of());
    DeploymentPlan plan = Planner.plan(Source.of(nothing), nothing, options);
    assertThat(DeploymentScript.of(plan, options, "a test"))
        .contains("\n-- :setvar Tenant \"seven\"\n");
  }

  @Test
  void theTitleOfAScriptStaysInItsComment() throws DacpacException {
    Database nothing = new Database("Latin1_General_CI_AS", false, List.of(), Set.of());
    DeploymentPlan plan = Planner.plan(Source.of(nothing), nothing, PublishOptions.DEFAULT);
    assertThat(DeploymentScript.of(plan, PublishOptions.DEFAULT, "a /* b */\r\nGO\nDROP"))
        .startsWith("/*\nDeployment script for a / * b * / GO DROP\n*/\n");
  }

  @Test
  void anOptionThatIsNeitherOnNorOffIsRefusedForItsReason() {
    assertThatThrownBy(() -> read(Map.of("commandTimeout", "60")))
        .hasMessage(
            "the publish option 'commandTimeout' is not supported: how long an attempt may take is said elsewhere");
    assertThatThrownBy(() -> read(Map.of("DatabaseEdition", "Basic")))
        .hasMessageContaining("databases are not made");
  }

  private static PublishOptions read(Map<String, String> written) throws DacpacException {
    return PublishOptions.parse(written, Map.of());
  }
}
