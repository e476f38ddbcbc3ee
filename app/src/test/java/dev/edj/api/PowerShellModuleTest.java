package dev.edj.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.api.PowerShellModule.Call;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.NodeList;
import tools.jackson.databind.JsonNode;

/// The PowerShell module, read without PowerShell: it has the preview's cmdlets, and asks the API
/// for nothing that is not there.
class PowerShellModuleTest {

  /// Every cmdlet with its parameters, as the preview's documentation has them.
  private static final String PREVIEW =
      """
      New-AzureSqlJobConnection CurrentAzureSubscription ResourceGroupName Credential ServerName DatabaseName LiteralServerName
      Use-AzureSqlJobConnection CurrentAzureSubscription ResourceGroupName Credential ServerName DatabaseName LiteralServerName None
      New-AzureSqlJobCredential CredentialName Credential EncryptionCertificateThumbprint
      Set-AzureSqlJobCredential CredentialName Credential UserName Password
      Get-AzureSqlJobCredential CredentialName
      New-AzureSqlJobContent ContentName CommandText DacpacUri
      Get-AzureSqlJobContent ContentName
      Get-AzureSqlJobContentDefinition ContentName AllVersions Version
      Set-AzureSqlJobContentDefinition ContentName CommandText DacpacUri Comment
      New-AzureSqlJobTarget ServerName MasterDatabaseCredentialName DatabaseName ShardMapManagerServerName ShardMapManagerDatabaseName ShardMapManagerCredentialName ShardMapName CustomCollectionName LiteralServerName
      Get-AzureSqlJobTarget TargetId ParentTargetId ServerName DatabaseName ShardMapManagerServerName ShardMapManagerDatabaseName ShardMapName CustomCollectionName ParentCustomCollectionName
      Set-AzureSqlJobTarget ServerName MasterDatabaseCredentialName ShardMapManagerServerName ShardMapManagerDatabaseName ShardMapManagerCredentialName ShardMapName
      Get-AzureSqlJobChildTarget CustomCollectionName
      Add-AzureSqlJobChildTarget CustomCollectionName TargetId ServerName DatabaseName Exclude
      Remove-AzureSqlJobChildTarget CustomCollectionName TargetId ServerName DatabaseName
      New-AzureSqlJobExecutionPolicy ExecutionPolicyName JobExecutionTimeout JobTimeout InitialRetryInterval RetryIntervalBackoffCoefficient MaximumRetryInterval MaximumAttempts
      Set-AzureSqlJobExecutionPolicy ExecutionPolicyName JobExecutionTimeout JobTimeout InitialRetryInterval RetryIntervalBackoffCoefficient MaximumRetryInterval MaximumAttempts
      Get-AzureSqlJobExecutionPolicy ExecutionPolicyName
      New-AzureSqlJobSchedule ScheduleName StartTime EndTime OneTime MinuteInterval HourInterval DayInterval WeekInterval MonthInterval
      Set-AzureSqlJobSchedule ScheduleName StartTime EndTime OneTime MinuteInterval HourInterval DayInterval WeekInterval MonthInterval
      Get-AzureSqlJobSchedule JobName ScheduleName
      New-AzureSqlJobTrigger JobName ScheduleName
      Set-AzureSqlJobTrigger JobName ScheduleName Enabled
      Remove-AzureSqlJobTrigger JobName ScheduleName
      Get-AzureSqlJobTrigger JobName ScheduleName
      New-AzureSqlJob JobName CredentialName ContentName TargetId ExecutionPolicyName ResultSetDestinationServerName ResultSetDestinationDatabaseName ResultSetDestinationCredentialName ResultSetDestinationSchemaName ResultSetDestinationTableName LiteralServerName
      Set-AzureSqlJob JobName CredentialName ContentName TargetId ExecutionPolicyName ResultSetDestinationServerName ResultSetDestinationDatabaseName ResultSetDestinationCredentialName ResultSetDestinationSchemaName ResultSetDestinationTableName RemoveResultSetDestination
      Get-AzureSqlJob JobName ScheduleName
      Remove-AzureSqlJob JobName
      Start-AzureSqlJobExecution JobName
      Stop-AzureSqlJobExecution InputObject JobExecutionId JobName
      Wait-AzureSqlJobExecution InputObject JobExecutionId JobName TimeoutSeconds Any
      Get-AzureSqlJobExecution ParentJobExecutionId JobName ScheduleName ContentName TargetId JobType IncludeInactive IncludeChildren JobExecutionId
      Get-AzureSqlJobTaskExecution JobExecutionId JobTaskExecutionId
      Get-AzureSqlJobScriptBatchExecution JobTaskExecutionId
      """;

  /// What the preview's objects had.
  private static final Map<String, String> PROPERTIES =
      Map.of(
          "ConvertTo-JobExecutionInfo",
          "JobExecutionId ParentJobExecutionId Lifecycle CreatedTime StartTime EndTime JobName"
              + " ContentName ContentVersionNumber TargetDescription TargetId CredentialName"
              + " ExecutionPolicyName ResultSetDestination",
          "ConvertTo-TaskExecutionInfo",
          "JobTaskExecutionId JobTaskType Lifecycle CreatedTime StartTime EndTime Message",
          "ConvertTo-BatchExecutionInfo",
          "ScriptBatchNumber Lifecycle StartTime EndTime Message",
          "ConvertTo-JobInfo",
          "JobName ContentName ContentVersionNumber TargetDescription TargetId CredentialName"
              + " ExecutionPolicyName ResultSetDestination",
          "ConvertTo-ContentInfo",
          "ContentName ContentType",
          "ConvertTo-CredentialInfo",
          "CredentialName UserName",
          "ConvertTo-ExecutionPolicyInfo",
          "ExecutionPolicyName JobExecutionTimeout InitialRetryInterval"
              + " RetryIntervalBackoffCoefficient MaximumRetryInterval MaximumAttempts",
          "ConvertTo-ScheduleInfo",
          "ScheduleName Interval StartTime EndTime",
          "ConvertTo-TriggerInfo",
          "JobName ScheduleName Enabled",
          "ConvertTo-DestinationInfo",
          "TargetDescription CredentialName SchemaName TableName");

  private static final Set<String> VERBS_THAT_CHANGE =
      Set.of("New", "Set", "Remove", "Add", "Start", "Stop");

  /// A field of an answer: fields of the API begin with a small letter, those of PowerShell with a
  /// great one.
  private static final Pattern FIELD = Pattern.compile("\\$(\\w+)\\.([a-z]\\w*)");

  private static final Pattern COMMON_FIELD = Pattern.compile("Get-Common \\$job\\.steps '(\\w+)'");

  private static final PowerShellModule module = PowerShellModule.ofTheProject();

  private final JsonNode document = TestService.shared().client().get("/openapi.json").json();

  static Stream<String> preview() {
    return PREVIEW.lines();
  }

  static Set<String> cmdlets() {
    return module.files("Public").keySet();
  }

  @ParameterizedTest
  @MethodSource("preview")
  void aCmdletHasTheParametersOfThePreview(String cmdletAndParameters) {
    List<String> words = List.of(cmdletAndParameters.split(" "));
    String text = module.file("Public/" + words.getFirst() + ".ps1");
    Set<String> parameters = PowerShellModule.parameters(text);
    parameters.addAll(PowerShellModule.names(Pattern.compile("\\[Alias\\('(\\w+)'\\)\\]"), text));

    assertThat(parameters).containsAll(words.subList(1, words.size()));
    assertThat(parameters.contains("AzureSqlJobConnection"))
        .isNotEqualTo(isAboutConnections(words.getFirst()));
  }

  private static boolean isAboutConnections(String cmdlet) {
    return cmdlet.equals("New-AzureSqlJobConnection");
  }

  /// Pester tests have a session that is strict, where there is PowerShell.
  @Test
  void theStrictnessOfASessionDoesNotReachIt() throws IOException {
    String module =
        Files.readString(Path.of("../powershell/ElasticDatabaseJobs/ElasticDatabaseJobs.psm1"));

    assertThat(module).containsSubsequence("Set-StrictMode -Off", "$script:", ". $file.FullName");
  }

  @Test
  void theManifestExportsEachCmdletByNameAndNothingElse() {
    String manifest = module.file("ElasticDatabaseJobs.psd1");
    Set<String> exported =
        PowerShellModule.names(
            Pattern.compile("'([A-Z][a-z]+-\\w+)'"),
            manifest.substring(
                manifest.indexOf("FunctionsToExport"), manifest.indexOf("CmdletsToExport")));

    assertThat(exported).isEqualTo(cmdlets());
    assertThat(exported)
        .isEqualTo(new TreeSet<>(preview().map(line -> line.split(" ", 2)[0]).toList()));
    assertThat(manifest).doesNotContain("*");
  }

  @Test
  void theNamesThatOnlySamplesUsedAreAliases() {
    String manifest = module.file("ElasticDatabaseJobs.psd1");
    for (String alias :
        List.of("Set-AzureSqlJobDacpacDefinition", "New-AzureSqlJobDatabaseTarget")) {
      assertThat(manifest.substring(manifest.indexOf("AliasesToExport")))
          .contains("'" + alias + "'");
      assertThat(module.files("Public").values())
          .as(alias)
          .anyMatch(text -> text.contains("[Alias('" + alias + "')]"));
    }
  }

  @ParameterizedTest
  @MethodSource("cmdlets")
  void everyCmdletAndEveryParameterIsExplained(String cmdlet) {
    String text = module.file("Public/" + cmdlet + ".ps1");

    assertThat(PowerShellModule.explainedParameters(text))
        .isEqualTo(PowerShellModule.parameters(text));
    assertThat(text)
        .startsWith("function " + cmdlet + " {\n    <#\n    .SYNOPSIS\n")
        .contains("\n    .DESCRIPTION\n", "\n    .EXAMPLE\n", "\n    .OUTPUTS\n", "[OutputType(");
  }

  @ParameterizedTest
  @MethodSource("cmdlets")
  void whatChangesSomethingAsksFirst(String cmdlet) {
    String text = module.file("Public/" + cmdlet + ".ps1");
    boolean changes =
        VERBS_THAT_CHANGE.contains(cmdlet.split("-", 2)[0]) && !isAboutConnections(cmdlet);

    assertThat(text.contains("SupportsShouldProcess")).isEqualTo(changes);
    assertThat(text.contains("$PSCmdlet.ShouldProcess(")).isEqualTo(changes);
  }

  @ParameterizedTest
  @MethodSource("cmdlets")
  void failuresAreTheCallersToHandle(String cmdlet) {
    String text = module.file("Public/" + cmdlet + ".ps1");

    assertThat(text)
        .containsAnyOf("$PSCmdlet.ThrowTerminatingError($_)", "$PSCmdlet.WriteError($_)");
    assertThat(count(text, "try {")).isEqualTo(count(text, "catch {"));
  }

  @Test
  void whatIsAskedOfTheApiIsThere() {
    List<String> wrong = new ArrayList<>();
    int calls = 0;
    for (var file : module.allFiles().entrySet()) {
      for (Call call : PowerShellModule.calls(file.getValue())) {
        calls++;
        check(file.getKey(), call, wrong);
      }
    }

    assertThat(wrong).isEmpty();
    assertThat(calls).isGreaterThan(45);
  }

  private void check(String file, Call call, List<String> wrong) {
    JsonNode operation = operation(call.method(), call.route());
    String where = "%s: %s".formatted(file, call.name());
    if (operation.isMissingNode()) {
      wrong.add(where);
      return;
    }
    if (!call.path().keySet().equals(placeholders(call.route()))) {
      wrong.add("%s: %s in the path".formatted(where, call.path().keySet()));
    }
    call.query().keySet().stream()
        .filter(key -> !parameters(operation).contains(key))
        .forEach(key -> wrong.add(where + "?" + key));
    checkBody(
        where, call.body(), operation.at("/requestBody/content/application~1json/schema"), wrong);
  }

  private void checkBody(
      String where, Map<String, String> body, JsonNode schema, List<String> wrong) {
    for (var entry : body.entrySet()) {
      JsonNode field = resolved(schema).path("properties").path(entry.getKey());
      if (field.isMissingNode()) {
        wrong.add("%s: no field %s".formatted(where, entry.getKey()));
      } else if (entry.getValue().startsWith("@(\n") || entry.getValue().startsWith("@{")) {
        checkBody(
            where + " " + entry.getKey(),
            PowerShellModule.table(entry.getValue(), "@{"),
            field.has("items") ? field.get("items") : field,
            wrong);
      }
    }
  }

  private JsonNode operation(String method, String route) {
    return document.path("paths").path("/api/v1" + route).path(method.toLowerCase(Locale.ROOT));
  }

  private static Set<String> placeholders(String route) {
    return PowerShellModule.names(Pattern.compile("\\{(\\w+)\\}"), route);
  }

  private static Set<String> parameters(JsonNode operation) {
    Set<String> names = new TreeSet<>();
    operation
        .path("parameters")
        .forEach(parameter -> {
          if (parameter.get("in").asString().equals("query")) {
            names.add(parameter.get("name").asString());
          }
        });
    return names;
  }

  /// A query that is not written where it is asked is in a variable, or handed on to who asks for
  /// targets.
  @ParameterizedTest
  @ValueSource(
      strings = {"$query = @{", "$filters = @{", "$page = @{", "Read-Target @{", "Find-Target @{"})
  void queriesAreKnownToARouteOfTheirFile(String opening) {
    int queries = 0;
    for (var file : module.allFiles().entrySet()) {
      Set<String> known = new TreeSet<>(parameters(operation("GET", "/targets")));
      for (Call call : PowerShellModule.calls(file.getValue())) {
        known.addAll(parameters(operation(call.method(), call.route())));
      }
      if (file.getKey().equals("Read-EdjPage")) {
        known = parameters(operation("GET", "/executions"));
      }
      for (Map<String, String> query : PowerShellModule.tables(file.getValue(), opening)) {
        queries++;
        assertThat(known).as(file.getKey()).containsAll(query.keySet());
      }
    }

    assertThat(queries).isPositive();
  }

  @Test
  void everyFieldThatIsReadIsInItsSchema() {
    List<String> wrong = new ArrayList<>();
    int read = 0;
    for (var file : module.allFiles().entrySet()) {
      Matcher field = FIELD.matcher(file.getValue());
      while (field.find()) {
        String variable = field.group(1);
        if (variable.equals("serviceFile") || variable.equals("query")) {
          continue;
        }
        read++;
        String schema = variable.substring(0, 1).toUpperCase(Locale.ROOT) + variable.substring(1);
        if (!hasField(schema, field.group(2))) {
          wrong.add("%s: %s".formatted(file.getKey(), field.group()));
        }
      }
    }

    assertThat(wrong).isEmpty();
    assertThat(read).isGreaterThan(100);
  }

  @Test
  void whatIsTheSameInAllStepsIsAFieldOfAStep() {
    String text = module.file("Private/ConvertTo-JobInfo.ps1");
    Set<String> fields = PowerShellModule.names(COMMON_FIELD, text);

    assertThat(fields).hasSize(5).allMatch(field -> hasField("JobStep", field));
  }

  @Test
  void aDestinationIsMadeOfItsFields() {
    String text = module.file("Private/ConvertTo-Destination.ps1");

    assertThat(PowerShellModule.table(text, "$fields = [ordered] @{").keySet())
        .hasSize(5)
        .allMatch(field -> hasField("Destination", field));
  }

  private boolean hasField(String schema, String field) {
    return document.at("/components/schemas/" + schema + "/properties").has(field);
  }

  private JsonNode resolved(JsonNode schema) {
    String reference = schema.path("$ref").asString("");
    return reference.isEmpty() ? schema : document.at(reference.substring(1));
  }

  @Test
  void whatComesBackHasThePropertiesOfThePreview() {
    String all = String.join("\n", module.files("Private").values());
    PROPERTIES.forEach((function, properties) -> {
      String text = all.substring(all.indexOf("function " + function + " {"));
      String body = text.substring(0, text.indexOf("\n}\n"));
      for (String property : properties.split(" ", -1)) {
        assertThat(body).as(function).containsPattern("(?m)^\\s+" + property + "\\s+= ");
      }
    });
  }

  @Test
  void targetsHaveThePropertiesOfTheirType() {
    assertThat(module.file("Private/ConvertTo-TargetInfo.ps1"))
        .contains(
            Arrays.asList(
                "$info.ServerName = ",
                "$info.DatabaseName = ",
                "$info.MasterDatabaseCredentialName = ",
                "$info.CustomCollectionName = ",
                "$info.ShardMapName = ",
                "$info.ShardMapManagerServerName = ",
                "$info.ShardMapManagerDatabaseName = ",
                "$info.ShardMapManagerDatabaseTargetId = ",
                "$info.ShardMapManagerCredentialName = ",
                "$info.Membership = "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ElasticDatabaseJobs.Format.ps1xml", "ElasticDatabaseJobs.Types.ps1xml"})
  void viewsAreOfTypesThatThereAre(String file) throws Exception {
    var views =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(module.directory().resolve(file).toFile());
    NodeList types = views.getElementsByTagName(file.contains("Format") ? "TypeName" : "Name");
    String all = String.join("\n", module.allFiles().values());
    int seen = 0;
    for (int i = 0; i < types.getLength(); i++) {
      String type = types.item(i).getTextContent();
      if (type.startsWith("ElasticDatabaseJobs.")) {
        seen++;
        assertThat(all).contains("'" + type + "'");
      }
    }
    assertThat(seen).isPositive();
  }

  @Test
  void noTokenNorPasswordIsWrittenDown() {
    String all = String.join("\n", module.allFiles().values());

    assertThat(all.lines().filter(line -> line.contains("Write-")))
        .isNotEmpty()
        .noneMatch(line -> line.matches(".*(?i)(token|secret|password|\\$request\\.body).*"));
    assertThat(all).doesNotContain("-AsPlainText");
  }

  @Test
  void theGuideSaysOfEachCmdletHowItDiffers() throws IOException {
    String guide = Files.readString(Path.of("../docs/how-to/powershell.md"));
    String table = guide.substring(guide.indexOf("| cmdlet |"));

    assertThat(
            PowerShellModule.names(
                Pattern.compile("`(\\w+-AzureSql\\w+)`"),
                table
                    .lines()
                    .filter(line -> line.startsWith("|"))
                    .map(line -> line.split("\\|", -1)[1])
                    .reduce("", String::concat)))
        .isEqualTo(cmdlets());
  }

  private static long count(String text, String part) {
    return Pattern.compile(Pattern.quote(part)).matcher(text).results().count();
  }
}
