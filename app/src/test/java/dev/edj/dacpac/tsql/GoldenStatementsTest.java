package dev.edj.dacpac.tsql;

import static dev.edj.dacpac.tsql.Made.counted;
import static dev.edj.dacpac.tsql.Made.foreignKey;
import static dev.edj.dacpac.tsql.Made.initially;
import static dev.edj.dacpac.tsql.Made.nullable;
import static dev.edj.dacpac.tsql.Made.primaryKey;
import static dev.edj.dacpac.tsql.Made.required;
import static dev.edj.dacpac.tsql.Made.table;
import static dev.edj.dacpac.tsql.Made.text;
import static dev.edj.dacpac.tsql.Made.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.edj.dacpac.file.ObjectName;
import dev.edj.dacpac.model.DataType;
import dev.edj.dacpac.model.KeyConstraint;
import dev.edj.dacpac.model.Schema;
import dev.edj.dacpac.model.Table;
import dev.edj.testing.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Statements are what DacFx writes into its scripts, layout included.
class GoldenStatementsTest {

  private static final Pattern GO = Pattern.compile("(?m)^GO[ \t]*$");
  private static final ObjectName STAGES = ObjectName.of("procfwk", "ProcessingStageDetails");
  private static final ObjectName LOG = ObjectName.of("procfwk", "ExecutionLog");
  private static final ObjectName CURRENT = ObjectName.of("procfwk", "CurrentExecution");
  private static final ObjectName PARAMETERS = ObjectName.of("procfwk", "PipelineParameters");
  private static final ObjectName PROCESSES = ObjectName.of("procfwk", "PipelineProcesses");
  private static final DataType INT = type("int");

  @Test
  void schemaAndTablesAreMadeAsDacFxMakesThem() throws IOException {
    List<String> golden = batches("procfwk", "MetadataDBPublish.publish.sql");
    assertThat(golden)
        .contains(Statements.print("Creating [procfwk]..."))
        .containsAll(Statements.create(new Schema(ObjectName.of("procfwk"), "dbo")))
        .containsAll(
            made(
                table(
                    STAGES,
                    counted("StageId"),
                    required("StageName", text("varchar", 225)),
                    nullable("StageDescription", text("varchar", 4000)),
                    required("Enabled", type("bit"))),
                primaryKey("PK_ProcessStageDetails", STAGES, "StageId")))
        .containsAll(
            made(
                table(
                    LOG,
                    counted("LogId"),
                    required("LocalExecutionId", type("uniqueidentifier")),
                    required("StageId", INT),
                    required("PipelineId", INT),
                    required("PipelineName", text("nvarchar", 200)),
                    nullable("StartDateTime", type("datetime")),
                    nullable("PipelineStatus", text("nvarchar", 200)),
                    nullable("EndDateTime", type("datetime"))),
                primaryKey("PK_ExecutionLog", LOG, "LogId")))
        .containsAll(
            made(
                table(
                    CURRENT,
                    required("LocalExecutionId", type("uniqueidentifier")),
                    required("StageId", INT),
                    required("PipelineId", INT),
                    required("PipelineName", text("nvarchar", 200)),
                    nullable("StartDateTime", type("datetime")),
                    nullable("PipelineStatus", text("nvarchar", 200)),
                    nullable("EndDateTime", type("datetime"))),
                primaryKey(
                    "PK_CurrentExecution", CURRENT, "LocalExecutionId", "StageId", "PipelineId")))
        .containsAll(
            made(
                table(
                    PARAMETERS,
                    counted("ParameterId"),
                    required("PipelineId", INT),
                    required("ParameterName", text("varchar", 128)),
                    nullable("ParameterValue", text("varchar", 128))),
                primaryKey("PK_PipelineParameters", PARAMETERS, "ParameterId")))
        .containsAll(
            made(
                table(
                    PROCESSES,
                    counted("PipelineId"),
                    required("StageId", INT),
                    required("PipelineName", text("nvarchar", 200)),
                    required("Enabled", type("bit"))),
                primaryKey("PK_PipelineProcesses", PROCESSES, "PipelineId")));
  }

  @Test
  void defaultsAndForeignKeysAreAddedAsDacFxAddsThem() throws IOException {
    assertThat(batches("procfwk", "MetadataDBPublish.publish.sql"))
        .containsAll(
            Statements.create(
                initially("DF_ProcessStageDetails_Enabled", STAGES, "Enabled", "((1))")))
        .containsAll(
            Statements.create(
                initially("DF_PipelineProcesses_Enabled", PROCESSES, "Enabled", "((1))")))
        .containsAll(
            ConstraintStatements.add(
                foreignKey(
                    "FK_PipelineParameters_PipelineProcesses",
                    PARAMETERS,
                    "PipelineId",
                    PROCESSES,
                    "PipelineId"),
                true))
        .containsAll(
            ConstraintStatements.add(
                foreignKey(
                    "FK_PipelineProcesses_ProcessingStageDetails",
                    PROCESSES,
                    "StageId",
                    STAGES,
                    "StageId"),
                true));
  }

  @Test
  void aColumnIsAddedBehindAGuardAsDacFxDoesIt() throws IOException {
    ObjectName table = ObjectName.of("Internal", "ColumnInput");
    assertThat(
            batches("seequality", "2017-08-21_5b03a361_Database_bin_Debug_Database_2.publish.sql"))
        .contains(
            DataLossGuard.batch(
                table,
                List.of(
                    "The column [Internal].[ColumnInput].[InsertedAt] on table [Internal].[ColumnInput] must be added, but the column has no default value and does not allow NULL values. If the table contains data, the ALTER script will not work. To avoid this issue you must either: add a default value to the column, mark it as allowing NULL values, or enable the generation of smart-defaults as a deployment option.")))
        .containsAll(
            TableStatements.addColumns(
                table, List.of(NewColumn.plain(required("InsertedAt", type("datetime"))))));
  }

  @Test
  void aColumnIsAlteredAsDacFxDoesIt() throws IOException {
    assertThat(batches("seequality", "2017-06-07_5a0e226d_Database_bin_Debug_Database.publish.sql"))
        .containsAll(
            TableStatements.alterColumn(
                ObjectName.of("Internal", "DataProfilerInput"), nullable("Timeout", INT)));
  }

  @Test
  void typesWithPrecisionAndKeysWithoutNamesAreWrittenAsDacFxWritesThem() throws IOException {
    ObjectName statistics =
        ObjectName.of("Internal", "DataProfileOutputProfilesColumnStatisticsProfile");
    ObjectName requests = ObjectName.of("Internal", "ColumnValueDistributionProfileRequest");
    ObjectName log = ObjectName.of("Internal", "ExecutionLog");
    DataType label = text("varchar", 255);
    DataType mean = DataType.builtIn("numeric", null, 18, 4);
    DataType execution = type("uniqueidentifier");
    assertThat(
            batches("seequality", "2017-08-21_5b03a361_Database_bin_Debug_Database_6.publish.sql"))
        .containsAll(
            made(
                table(
                    statistics,
                    nullable("DataSourceID", label),
                    nullable("IsExact", type("bit")),
                    nullable("MaxValue", label),
                    nullable("Mean", mean),
                    nullable("MeanSpecified", type("bit")),
                    nullable("MinValue", label),
                    nullable("ProfileRequestID", label),
                    nullable("StdDev", mean),
                    nullable("StdDevSpecified", type("bit")),
                    required("ExecutionID", execution))))
        .containsAll(
            made(
                table(
                    requests,
                    nullable("DataSourceID", label),
                    nullable("FrequentValueThreshold", DataType.builtIn("decimal", null, 28, 0)),
                    nullable("ID", label),
                    nullable("Option", label),
                    required("ExecutionID", execution))))
        .containsAll(
            made(
                table(
                    log,
                    required("ExecutionID", execution),
                    required("ExecutionTime", type("datetime")),
                    nullable("ServerExecutionID", type("bigint"))),
                primaryKey(null, log, "ExecutionID")));
  }

  @Test
  void renamesAreNotedDownAsDacFxDoesIt() throws IOException {
    assertThat(
            batches("seequality", "2017-08-21_5b03a361_Database_bin_Debug_Database_7.publish.sql"))
        .anySatisfy(batch -> assertThat(batch).endsWith(RenameStatements.createLog()))
        .contains(RenameStatements.log(UUID.fromString("f9b5a521-ac79-4ce0-b3f7-4b639133a455")));
  }

  private static List<String> made(Table table, KeyConstraint... keys) {
    return TableStatements.create(table, List.of(keys), List.of());
  }

  private static List<String> batches(String folder, String file) throws IOException {
    Optional<Path> packages = TestData.folder("dacpacs");
    assumeTrue(
        packages.isPresent(), "none here: set EDJ_TEST_DATA to the folder that holds dacpacs/");
    String script =
        Files.readString(packages.get().resolve("golden").resolve(folder).resolve(file));
    return GO.splitAsStream(script.replace("\r\n", "\n")).map(String::strip).toList();
  }
}
