package dev.edj.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.edj.Wiring;
import dev.edj.security.LocalToken;
import dev.edj.settings.ServiceSettings;
import dev.edj.testing.TestControlDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Lists that are longer than any page, as a whole and page by page.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListsTest {

  private static final int MANY = 2_345;
  private static final Pattern LINK = Pattern.compile("</api/v1/([^>]+)>; rel=\"next\"");

  private final TestControlDatabase database = TestControlDatabase.create();
  private ApiServer service;
  private Client client;
  private String run;

  @BeforeAll
  void start(@TempDir Path data) {
    ServiceSettings settings =
        ServiceSettings.in(data).withControlDatabase(database.address()).withPort(0);
    service = ApiServer.start(Wiring.open(settings), settings);
    client = new Client(service.url(), LocalToken.open(data).text());
    client.post("targets", "{\"kind\": \"CustomCollection\", \"name\": \"all of them\"}");
    client.post(
        "targets", "{\"kind\": \"Database\", \"server\": \"s.example.com\", \"database\": \"d\"}");
    client.post(
        "credentials",
        "{\"name\": \"c\", \"userName\": \"u\", \"password\": \"p\", \"servers\": [\"s.example.com\"]}");
    client.post("contents", "{\"name\": \"script\", \"text\": \"SELECT 1\"}");
    client.post(
        "jobs",
        """
        {"name": "started", "steps": [{"content": "script", "credential": "c", "target": "s.example.com/d"}]}
        """);
    // No controller is there that would take it.
    run = client.post("jobs/started/start").json().path("id").asString();
    database
        .jdbi()
        .useHandle(handle -> {
          handle.execute(
              """
              INSERT INTO target (target_id, name, kind, server_id, database_name)
              SELECT gen_random_uuid(), 'a & b/' || number, 'Database', (SELECT min(server_id) FROM server),
                     'tenant' || number
              FROM generate_series(1, ?) number
              """,
              MANY);
          handle.execute(
              """
              INSERT INTO target_child (parent_id, child_id, membership)
              SELECT p.target_id, c.target_id, 'Include'
              FROM target p CROSS JOIN target c
              WHERE p.name = 'all of them' AND c.name LIKE 'a & b/%'
              """);
          handle.execute(
              """
              WITH made AS (
                INSERT INTO job (name, enabled, current_version)
                SELECT 'job ' || number, true, 1 FROM generate_series(1, ?) number
                RETURNING job_id)
              INSERT INTO job_version (job_id, version) SELECT job_id, 1 FROM made
              """,
              MANY);
        });
  }

  @AfterAll
  void stop() {
    service.close();
    database.close();
  }

  @Test
  void withoutALimitAListIsWhole() {
    List<String> names = names(client.get("targets?kind=Database").json(), "/name");
    assertThat(names).hasSize(MANY + 1).doesNotHaveDuplicates();
    assertThat(names(client.get("jobs").json(), "/name")).hasSize(MANY + 1).doesNotHaveDuplicates();
    assertThat(client.get("jobs").header("Link")).isEmpty();
    assertThat(names(client.get("targets/all%20of%20them/children").json(), "/target/name"))
        .hasSize(MANY)
        .isEqualTo(names.stream().filter(name -> name.startsWith("a & b/")).toList());
  }

  @Test
  void pagesLeadFromOneToTheNextUntilNothingIsLeft() {
    assertThat(pages("jobs?limit=1000", "/name"))
        .extracting(List::size)
        .containsExactly(1_000, 1_000, MANY + 1 - 2_000);
    assertThat(joined("jobs?limit=500", "/name"))
        .isEqualTo(names(client.get("jobs").json(), "/name"));
    assertThat(joined("targets?kind=Database&limit=999", "/name"))
        .isEqualTo(names(client.get("targets?kind=Database").json(), "/name"));
    assertThat(joined("targets/all%20of%20them/children?limit=999", "/target/name"))
        .isEqualTo(names(client.get("targets/all%20of%20them/children").json(), "/target/name"));
  }

  @Test
  void aListThatEndsWithAPageHasNoEmptyOneBehindIt() {
    assertThat(pages("targets?server=s.example.com&database=d&limit=1", "/name")).hasSize(1);
  }

  @Test
  void theTasksOfAnExecutionComeInPages() {
    database
        .jdbi()
        .useHandle(handle ->
            handle.execute(
                """
                INSERT INTO task_execution (execution_id, task_number, type, lifecycle, created_at)
                SELECT ?::uuid, number, 'ExpandJob', 'Failed', now() FROM generate_series(1, ?) number
                """,
                run,
                MANY));
    String tasks = "executions/" + run + "/tasks";

    assertThat(client.get(tasks).json()).hasSize(MANY);
    assertThat(joined(tasks + "?limit=800", "/number"))
        .isEqualTo(names(client.get(tasks).json(), "/number"));
    assertThat(names(client.get(tasks + "?after=2340&limit=2").json(), "/number"))
        .containsExactly("2341", "2342");
    assertThat(client.get("tasks/" + run + ".2345").json().path("number").asInt()).isEqualTo(MANY);
    assertThat(client.get("tasks/" + run + ".2346").status()).isEqualTo(404);
  }

  @Test
  void aLimitThatCannotBeIsRefused() {
    assertThat(client.get("jobs?limit=0").problem()).isEqualTo("400 INVALID_FIELD limit");
    assertThat(client.get("jobs?limit=1001").problem()).isEqualTo("400 INVALID_FIELD limit");
    assertThat(client.get("targets/nobody/children").status()).isEqualTo(404);
    assertThat(client.get("targets/nobody/children?limit=1").status()).isEqualTo(404);
  }

  private List<String> joined(String path, String field) {
    return pages(path, field).stream().flatMap(List::stream).toList();
  }

  private List<List<String>> pages(String path, String field) {
    List<List<String>> pages = new ArrayList<>();
    String next = path;
    do {
      assertThat(pages).hasSizeLessThan(MANY);
      Answer page = client.get(next);
      pages.add(names(page.json(), field));
      next = next(page);
    } while (next != null);
    return pages;
  }

  private static @Nullable String next(Answer page) {
    String link = page.header("Link");
    if (link.isEmpty()) {
      return null;
    }
    Matcher target = LINK.matcher(link);
    assertThat(target.matches()).as(link).isTrue();
    return target.group(1);
  }

  private static List<String> names(JsonNode list, String field) {
    return list.valueStream().map(item -> item.at(field).asString()).toList();
  }
}
