package dev.edj.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Imports, which ask no service; and one that is given what they all wrote.
class ImportTest {

  private static final String SQL_SERVER = "1433";

  private static final String REGISTERED =
      """
      <?xml version="1.0"?>
      <model xmlns="http://schemas.serviceml.org/smlif/2007/02">
       <xs:bufferSchema xmlns:xs="http://www.w3.org/2001/XMLSchema"><definitions
         xmlns:sml="http://schemas.serviceml.org/sml/2007/02"
         xmlns:sfc="http://schemas.microsoft.com/sqlserver/sfc/serialization/2007/08"
         xmlns:RegisteredServers="http://schemas.microsoft.com/sqlserver/RegisteredServers/2007/08">
        <document><data><RegisteredServers:ServerGroup>
          <RegisteredServers:RegisteredServers><sfc:Collection/></RegisteredServers:RegisteredServers>
          <RegisteredServers:Name type="string">Prod</RegisteredServers:Name>
        </RegisteredServers:ServerGroup></data></document>
        %s
       </definitions></xs:bufferSchema>
      </model>
      """
          .formatted(
              registered(
                      "/ServerGroup/Prod",
                      "db1.example.com,1433",
                      "uid=sa;password=AQAAANCMnd8BFdERs3cret")
                  + registered("/ServerGroup/Prod/ServerGroup/EU%20west", "db2\\INST", "User ID=sa")
                  + registered("", "db3", "integrated security=True")
                  + registered("", "cube", "").replace("DatabaseEngine<", "AnalysisServices<"));

  private static final String ELASTIC_JOBS =
      """
      {"target_groups":[{"target_group_name":"Tenants"}],
       "target_group_members":[
        {"target_group_name":"Tenants","membership_type":"Include","target_type":"SqlServer",
         "refresh_credential_name":"refresh","server_name":"db1.database.windows.net"},
        {"target_group_name":"Tenants","membership_type":"Exclude","target_type":"SqlDatabase",
         "server_name":"db1.database.windows.net","database_name":"template"},
        {"target_group_name":"Tenants","membership_type":"Include","target_type":"SqlElasticPool",
         "server_name":"db2.database.windows.net","elastic_pool_name":"gold"}],
       "database_scoped_credentials":[{"name":"run","credential_identity":"job_login"}],
       "jobs":[
        {"job_name":"Nightly","description":"All of it","enabled":true,"schedule_interval_type":"Days",
         "schedule_interval_count":2,"schedule_start_time":"2026-01-01T02:00:00","schedule_end_time":"9999-12-31T11:59:59"},
        {"job_name":"By hand","description":"","enabled":false,"schedule_interval_type":"Once",
         "schedule_start_time":"0001-01-01T00:00:00"},
        {"job_name":"Empty","enabled":true}],
       "jobsteps":[
        {"job_name":"Nightly","step_id":2,"step_name":"Collect","command":"SELECT 1;\\nSELECT 2;",
         "credential_name":"run","target_group_name":"Tenants","retry_attempts":3,
         "initial_retry_interval_seconds":5,"maximum_retry_interval_seconds":60,
         "retry_interval_backoff_multiplier":1.5,"step_timeout_seconds":600,"max_parallelism":4,
         "output_type":"SqlDatabase","output_credential_name":"run","output_server_name":"results.database.windows.net",
         "output_database_name":"Results","output_table_name":"Counts"},
        {"job_name":"Nightly","step_id":1,"step_name":"Migrate","command":"EXEC migrate",
         "credential_name":"run","target_group_name":"Tenants","retry_attempts":10,
         "initial_retry_interval_seconds":1,"maximum_retry_interval_seconds":120,
         "retry_interval_backoff_multiplier":2.0,"step_timeout_seconds":43200},
        {"job_name":"By hand","step_id":1,"step_name":"JobStep","command":"SELECT 3","target_group_name":"Tenants"}]}
      """;

  @TempDir private Path directory;
  private Path out;

  @BeforeEach
  void name() {
    out = directory.resolve("fleet");
  }

  @Test
  void whatAllImportsWriteIsAppliedToOneService() throws IOException {
    write("fleet/scripts/v1/001 add.sql", "SELECT 1");
    write("tenants.csv", "server,database\npg1,tenant1\n");
    write("prod.regsrvr", REGISTERED);
    write("elastic.json", ELASTIC_JOBS);
    write("sbm.cfg", "sql1:client,A\n");
    run("scripts", "fleet/scripts");
    run("csv", "tenants.csv", "--engine", "postgresql");
    run("regsrvr", "prod.regsrvr");
    run("elastic-jobs", "elastic.json");
    run("sqlbuildmanager", "sbm.cfg");

    try (FilesAtService at = FilesAtService.start(directory.resolve("service"))) {
      at.environment().put("EDJ_PASSWORD_SA", "s3cret-of-sa");
      at.environment().put("EDJ_PASSWORD_RUN", "s3cret-of-run");
      at.environment().put("EDJ_PASSWORD_REFRESH", "s3cret-of-refresh");
      CommandLineRun applied = at.edj("apply", "-f", out.toString(), "--yes");
      assertThat(applied.err()).isEmpty();
      assertThat(at.edj("plan", "-f", out.toString()).out()).startsWith("Nothing to do");
      assertThat(at.edj("step", "list", "Nightly").out()).containsSubsequence("Migrate", "Collect");
      assertThat(at.edj("target", "children", "prod/Prod").out())
          .contains("db1.example.com/*", "prod/Prod/EU west");
    }
  }

  @Test
  void scriptsAreNamedByTheirPathsAndStayWhereTheyAre() throws IOException {
    write("scripts/v1/001 add.sql", "SELECT 1");
    Files.write(directory.resolve("scripts/wide.sql"), "\uFEFFSELECT 2".getBytes(UTF_16LE));
    write("scripts/empty.sql", " ");
    write("scripts/readme.txt", "none");
    write("scripts/twice.SQL", "SELECT 3");
    write("scripts/twice.sql", "SELECT 4");

    CommandLineRun run = run("scripts", "scripts");

    assertThat(written("scripts"))
        .contains("- name: v1/001 add\n    file: ../scripts/v1/001 add.sql")
        .contains("- name: wide\n    file: ../scripts/wide.sql")
        .contains("- name: twice\n    file: ../scripts/twice.SQL")
        .doesNotContain("readme", "empty");
    assertThat(run.err())
        .contains("empty.sql is left out: text: the script is empty")
        .contains("twice.sql is left out: name: 'twice' is another script's, too");
  }

  @Test
  void moreScriptsThanCanBeOneImportAreRefusedAsAWhole() throws IOException {
    Path scripts = Files.createDirectories(directory.resolve("scripts"));
    for (int i = 0; i <= 10_000; i++) {
      Files.createFile(scripts.resolve(i + ".sql"));
    }

    assertThat(edj("import", "scripts", scripts.toString()).err())
        .contains("DIRECTORY: there are more than 10,000 scripts below " + scripts);
  }

  @Test
  void rowsBecomeACollectionWhoseOtherColumnsAreCarried() throws IOException {
    write(
        "tenants.csv",
        "\uFEFFDatabase Name;Server;Region;Sales \"person\"\n"
            + "t1;db1:1433;eu;\"Smith; \"\"J\"\"\"\n\n;postgresql://db2;us;\n");

    run("csv", "tenants.csv", "--collection", "all");

    assertThat(written("csv"))
        .contains("- kind: Database\n    name: db1/t1\n    server: db1:" + SQL_SERVER)
        .contains("- kind: Server\n    name: postgresql://db2/*")
        .contains("name: all", "Region: eu", "Smith; \"J\"", "Region: us");
  }

  @Test
  void whatIsInColumnsWithoutAHeadingIsToldToBeLeftOut() throws IOException {
    write("bare.csv", "db1,t1,eu\ndb1,t2\n");

    CommandLineRun run = run("csv", "bare.csv");

    assertThat(written("csv")).contains("- target: db1/t1", "- target: db1/t2");
    assertThat(run.err()).contains("what is in columns without a heading is left out");
  }

  /// Taken for a row, they would be a server of that name.
  @Test
  void headingsWithoutOneForServersAreNoRow() throws IOException {
    write("bare.csv", "Machine,Database\npg1,tenant1\n");
    write("dba.csv", "SqlInstance,Database,Région\npg1,tenant1,eu\n,,\n");

    assertThat(edj("import", "csv", directory.resolve("bare.csv").toString()).err())
        .contains("bare.csv:1: no column is headed 'server', 'host' or 'instance', though others");
    CommandLineRun run = run("csv", "dba.csv");

    assertThat(written("csv")).contains("- target: pg1/tenant1", "R_gion: eu");
    assertThat(run.err()).contains("column 'Région' is the variable $(R_gion)");
  }

  @Test
  void aDatabaseHasOneValueOfAColumn() throws IOException {
    write("twice.csv", "server,database,region\npg1,t1,eu\npg1,t2,eu\npg1,t1,eu\npg1,t1,us\n");

    CommandLineRun run = edj("import", "csv", directory.resolve("twice.csv").toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("twice.csv:5:1: is there already, with another value of 'region'")
        .contains("1 fault in the files");
  }

  @Test
  void rowsThatCannotBeServersAreToldByTheirLines() throws IOException {
    write("bad.csv", "server,database\ndb 1,x\n,y\n");
    CommandLineRun run = edj("import", "csv", directory.resolve("bad.csv").toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("bad.csv:2:1: server: The server name 'db")
        .contains("cannot be used: it contains a blank")
        .contains("bad.csv:3:1: names no server");
    write("open.csv", "server,database\n\"db1,x\n");
    assertThat(edj("import", "csv", directory.resolve("open.csv").toString()).err())
        .contains("open.csv:2: a quote is not closed");
  }

  @Test
  void registeredServersComeWithTheirGroupsAndWithoutPasswords() throws IOException {
    Files.write(
        directory.resolve("prod.regsrvr"),
        ("\uFEFF" + REGISTERED.replace("1.0\"", "1.0\" encoding=\"utf-16\"")).getBytes(UTF_16LE));

    CommandLineRun run = run("regsrvr", "prod.regsrvr");

    assertThat(written("regsrvr"))
        .contains("userName: sa", "environment: EDJ_PASSWORD_SA", "name: prod/Prod/EU west")
        .doesNotContain("s3cret", "AQAAANC", "cube");
    assertThat(run.err())
        .contains("'cube' is left out: it is a server of AnalysisServices")
        .contains("'db3' is signed in to with Windows or Entra")
        .contains("the password of 'sa' is not there to be read")
        .contains("is signed in to as 'sa', as others are: they share one credential");
  }

  @Test
  void aServerThatIsRegisteredWithSeveralLoginsHasTheFirstAndTheOthersAreTold() throws IOException {
    write(
        "prod.regsrvr",
        REGISTERED
            .replace("db3", "db1.example.com,1433")
            .replace("integrated security=True", "uid=reader"));

    CommandLineRun run = run("regsrvr", "prod.regsrvr");

    assertThat(written("regsrvr")).contains("credential: sa").doesNotContain("credential: reader");
    assertThat(run.err())
        .contains("is there with the login 'sa', and with 'reader', too; the target has the first");
  }

  @Test
  void secretsOfNamesThatLookAlikeHaveVariablesOfTheirOwn() throws IOException {
    write(
        "prod.regsrvr",
        REGISTERED
            .replaceFirst("(?i)(user id|uid)=sa", "$1=東京")
            .replaceFirst("(?i)(user id|uid)=sa", "$1=大阪"));

    run("regsrvr", "prod.regsrvr");

    assertThat(written("regsrvr").lines().filter(line -> line.contains("environment:")))
        .hasSize(2)
        .doesNotHaveDuplicates();
  }

  @Test
  void aDocumentTypeIsRefused() throws IOException {
    write(
        "evil.regsrvr", "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><model>&e;</model>");
    CommandLineRun run = edj("import", "regsrvr", directory.resolve("evil.regsrvr").toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("evil.regsrvr is no XML: DOCTYPE is disallowed");
  }

  @Test
  void whatIsNoTextInItsEncodingIsRefused() throws IOException {
    Files.write(
        directory.resolve("latin.regsrvr"),
        "<?xml version='1.0' encoding='utf-8'?><model>é</model>".getBytes(ISO_8859_1));
    write("unknown.regsrvr", "<?xml version='1.0' encoding='ebcdic-of-old'?><model/>");

    for (String file : List.of("latin", "unknown")) {
      CommandLineRun run =
          edj("import", "regsrvr", directory.resolve(file + ".regsrvr").toString());

      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).contains(file + ".regsrvr is no XML: ");
    }
  }

  @Test
  void elasticJobsKeepTheirStepsRetriesScheduleAndDestination() throws IOException {
    write(
        "elastic.json",
        "Changed database\r\n" + cut(ELASTIC_JOBS) + "\r\n\r\n(1 rows affected)\r\n");

    CommandLineRun run = run("elastic-jobs", "elastic.json");

    assertThat(written("elastic-jobs"))
        .contains("- name: run\n    userName: job_login")
        .contains("      - db1.database.windows.net", "      - results.database.windows.net")
        .contains("- target: db1.database.windows.net/template\n        membership: Exclude")
        .contains("interval: 'Days: 2'", "start: '2026-01-01T02:00:00Z'")
        .contains("policy: Standard execution policy")
        .contains("name: 3 retries after 5s to 60s by 1.5, time-out 600s", "maximumAttempts: 4")
        .contains("schema: dbo", "table: Counts", "tokenCommand: entra")
        .contains("triggers:\n  - job: Nightly\n    schedule: Nightly")
        .doesNotContain("9999", "schedule: By hand");
    assertThat(Files.readString(out.resolve("contents/Nightly-Collect.sql")))
        .isEqualTo("SELECT 1;\nSELECT 2;");
    assertThat(run.err())
        .contains("job 'Empty' is left out: it has no steps")
        .contains("max_parallelism limits each elastic pool there")
        .contains("the user name of credential 'refresh' is not among the rows")
        .contains("signs in with a managed identity");
  }

  @Test
  void elasticJobsAreReadFromCsvFilesNamedAsTheViews() throws IOException {
    write("target_groups.csv", "target_group_name\nT\n");
    write(
        "jobs.target_group_members.csv",
        "target_group_name,membership_type,target_type,server_name,database_name\nT,Include,SqlDatabase,s1,NULL\n");
    write("jobs.csv", "job_name,enabled,schedule_interval_type\nJ,0,Once\n");
    write(
        "jobsteps.csv",
        "job_name,step_id,step_name,command,credential_name,target_group_name\nJ,1,JobStep,\"SELECT 1;\nSELECT \"\"x\"\"\",c,T\n");

    CommandLineRun refused =
        edj(
            "import",
            "elastic-jobs",
            directory.resolve("target_groups.csv").toString(),
            directory.resolve("jobs.target_group_members.csv").toString());
    assertThat(refused.err()).contains("database: must not be empty");
    write(
        "jobs.target_group_members.csv",
        "target_group_name,membership_type,target_type,server_name,database_name\nT,Include,SqlDatabase,s1,d1\n");
    CommandLineRun printed =
        edj(
            "import",
            "elastic-jobs",
            directory.resolve("target_groups.csv").toString(),
            directory.resolve("jobs.target_group_members.csv").toString(),
            directory.resolve("jobs.csv").toString(),
            directory.resolve("jobsteps.csv").toString());

    assertThat(printed.exitCode()).as(printed.err()).isZero();
    assertThat(printed.out()).contains("SELECT 1;\n      SELECT \"x\"", "- target: s1/d1");
  }

  @Test
  void elasticJobsLoseNothingWithoutAWord() throws IOException {
    write(
        "elastic.json",
        """
        {"target_group_members": [
          {"target_group_name": "T", "membership_type": "Include", "target_type": "SqlShardMap",
           "server_name": "s1", "database_name": "m", "shard_map_name": "all", "refresh_credential_name": "c"},
          {"target_group_name": "T", "membership_type": "Exclude", "target_type": "SqlDatabase",
           "server_name": "s2", "database_name": "d"}],
         "jobs": [{"job_name": "A"}, {"job_name": "A: B"}],
         "jobsteps": [
          {"job_name": "A", "step_id": 1, "step_name": "B", "command": "SELECT 1", "credential_name": "c", "target_group_name": "T"},
          {"job_name": "A", "step_id": 2, "step_name": "C", "command": "SELECT 2", "credential_name": "c", "target_group_name": "T"},
          {"job_name": "A: B", "step_id": 1, "step_name": "D", "command": "SELECT 3", "credential_name": "c", "target_group_name": "T"}],
         "jobstep_versions": [{"job_name": "A"}]}
        """);

    CommandLineRun run = run("elastic-jobs", "elastic.json");

    assertThat(written("elastic-jobs"))
        .contains("        content: 'A: B'\n", "        content: 'A: B (2)'\n")
        .contains("    servers:\n      - s1\n", "- target: s2/d\n")
        .doesNotContain("- s2\n");
    assertThat(run.err())
        .contains("content 'A: B' is there already; what is different is 'A: B (2)'")
        .contains("the shards of 's1/m#all' may be on other servers than its own")
        .contains("what 'jobstep_versions' has is left out; what is carried over are jobs, ");
  }

  @Test
  void retriesOfElasticJobsAreNumbersAndAtMostSoMany() throws IOException {
    String rows =
        """
        {"jobs": [{"job_name": "J", "schedule_interval_type": "Once"}],
         "jobsteps": [{"job_name": "J", "step_id": 1, "command": "SELECT 1", "credential_name": "c",
                       "target_group_name": "T", "retry_attempts": 2147483647,
                       "retry_interval_backoff_multiplier": "%s"}]}
        """;
    write("endless.json", rows.formatted("1.5"));
    run("elastic-jobs", "endless.json");
    assertThat(written("elastic-jobs")).contains("maximumAttempts: 2147483647");

    write("bad.json", rows.formatted("twice"));
    assertThat(edj("import", "elastic-jobs", directory.resolve("bad.json").toString()).err())
        .contains("retry_interval_backoff_multiplier: 'twice' is no number");
  }

  @Test
  void anOverrideFileIsACollection() throws IOException {
    write("sbm.cfg", "sql1:client,A\r\nsql1,1444:client,B;other,C\nsql2:D#eu\n\n");
    CommandLineRun run = run("sqlbuildmanager", "sbm.cfg", "--collection", "all");

    assertThat(written("sqlbuildmanager"))
        .contains("- target: sql1/A", "name: sql1,1444/B", "name: sql1,1444/C", "name: sql2/D");
    assertThat(run.err()).contains("tags behind '#' are not carried over");
    write("bad.cfg", "sql1\n");
    assertThat(edj("import", "sqlbuildmanager", directory.resolve("bad.cfg").toString()).err())
        .contains("bad.cfg:1:1: is not server:default,database");
  }

  private CommandLineRun run(String verb, String file, String... options) {
    List<String> words =
        new ArrayList<>(List.of("import", verb, directory.resolve(file).toString()));
    words.addAll(List.of("-f", out.toString()));
    words.addAll(List.of(options));
    CommandLineRun run = edj(words.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("Nothing was sent: read them, then 'edj plan -f " + out);
    return run;
  }

  private static CommandLineRun edj(String... words) {
    return CommandLineRun.of(Map.of(), "", words);
  }

  private String written(String verb) throws IOException {
    return Files.readString(out.resolve("imported-" + verb + ".yaml"));
  }

  private void write(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /// As SQL Server's tools print long texts.
  private static String cut(String json) {
    String line = json.replace("\n", "");
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < line.length(); i += 500) {
      lines.append(line, i, Math.min(line.length(), i + 500)).append("\r\n");
    }
    return lines.toString();
  }

  private static String registered(String groups, String server, String connection) {
    return """
    <document><data><RegisteredServers:RegisteredServer>
      <RegisteredServers:Parent><sfc:Reference sml:ref="true">
        <sml:Uri>/RegisteredServersStore/ServerGroup/DatabaseEngineServerGroup%s</sml:Uri>
      </sfc:Reference></RegisteredServers:Parent>
      <RegisteredServers:Name type="string">%s</RegisteredServers:Name>
      <RegisteredServers:ServerName type="string">%s</RegisteredServers:ServerName>
      <RegisteredServers:ServerType type="ServerType">DatabaseEngine</RegisteredServers:ServerType>
      <RegisteredServers:ConnectionStringWithEncryptedPassword type="string">server=x;%s;pooling=false</RegisteredServers:ConnectionStringWithEncryptedPassword>
    </RegisteredServers:RegisteredServer></data></document>
    """
        .formatted(groups, server, server, connection);
  }
}
