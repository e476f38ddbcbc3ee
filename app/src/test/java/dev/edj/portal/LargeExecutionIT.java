package dev.edj.portal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PageAssertions;
import dev.edj.Wiring;
import dev.edj.api.ApiServer;
import dev.edj.execution.Fleet;
import dev.edj.security.LocalToken;
import dev.edj.settings.ServiceSettings;
import dev.edj.testing.TestControlDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An execution on 10,000 databases answers at once and stays smooth. Nobody works on it: the test
/// itself moves its children on.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LargeExecutionIT {

  private static final Logger log = LoggerFactory.getLogger(LargeExecutionIT.class);

  private static final int SERVERS = 10;
  private static final int PER_SERVER = 1_000;

  /// On a machine that runs other tests, too.
  private static final double LONGEST_TASK_MILLISECONDS = 2_000;

  private static final double PATIENCE_MILLISECONDS = 20_000;
  private static final int REQUESTS = 15;
  private static final int MOST_ROUNDS = 6;
  private static final Duration SOON = Duration.ofMillis(300);

  private PortalService service;
  private TestControlDatabase database;
  private Jdbi jdbi;
  private Fleet fleet;
  private Visitor visitor;
  private UUID run;

  @BeforeAll
  void come() throws IOException {
    database = TestControlDatabase.create();
    jdbi = database.jdbi();
    service = startIdle(database);
    visitor = Visitor.of(service);
    fleet = new Fleet(jdbi);
    run = expanded("Large", SERVERS, PER_SERVER);
    fail(run, 7, "error 4060: Cannot open database");
    fail(run, 11, "error 1205, batch 1, line 1: Process ID %s was the victim");
  }

  private static PortalService startIdle(TestControlDatabase database) throws IOException {
    Path directory = Files.createTempDirectory("edj-portal");
    ServiceSettings settings =
        ServiceSettings.in(directory).withControlDatabase(database.address()).withPort(0);
    Wiring wiring = Wiring.open(settings);
    return new PortalService(
        wiring,
        ApiServer.start(wiring, settings),
        LocalToken.open(directory).text(),
        database.jdbi(),
        directory);
  }

  private UUID expanded(String job, int servers, int perServer) {
    fleet.job(job, "Default execution policy");
    String[] names =
        IntStream.range(0, servers)
            .mapToObj("postgresql://server%03d.example"::formatted)
            .toArray(String[]::new);
    for (String name : names) {
      fleet.server(name, 100);
    }
    return fleet.run(job, perServer, names);
  }

  /// Every so many-th.
  private void fail(UUID execution, int every, String message) {
    jdbi.useTransaction(handle -> {
      handle.execute(
          """
          WITH failing AS (
            UPDATE child_execution c
            SET lifecycle = 'Failed', attempt = 1, started_at = now(), ended_at = now()
            FROM step_execution s
            WHERE s.execution_id = ? AND c.step_execution_id = s.step_execution_id AND c.lifecycle = 'Created'
              AND abs(hashtext(c.database_name || c.server_id)) %% %d = 0
            RETURNING c.execution_id)
          INSERT INTO task_execution (execution_id, task_number, type, lifecycle, created_at, message)
          SELECT execution_id, 1, 'ScriptExecution', 'Failed', now(), format(?, (random() * 1000)::int) FROM failing
          """
              .formatted(every),
          execution,
          message);
      count(handle, execution);
    });
  }

  private static void count(Handle handle, UUID execution) {
    handle.execute(
        """
        UPDATE step_progress p
        SET created = c.created, succeeded = c.succeeded, failed = c.failed
        FROM (
          SELECT step_execution_id, count(*) FILTER (WHERE lifecycle = 'Created') AS created,
                 count(*) FILTER (WHERE lifecycle = 'Succeeded') AS succeeded,
                 count(*) FILTER (WHERE lifecycle = 'Failed') AS failed
          FROM child_execution GROUP BY step_execution_id) c
        JOIN step_execution s ON s.step_execution_id = c.step_execution_id
        WHERE p.step_execution_id = c.step_execution_id AND s.execution_id = ?
        """,
        execution);
  }

  @AfterEach
  void closePages() {
    visitor.closePages();
  }

  @AfterAll
  void leave() {
    if (visitor != null) {
      visitor.close();
    }
    service.close();
    database.close();
  }

  @Test
  void thePageAnswersWithin300Milliseconds(TestReporter reporter) {
    Page page = visitor.signedIn();
    String cookie =
        page.context().cookies().stream()
            .map(one -> one.name + "=" + one.value)
            .reduce((one, other) -> one + "; " + other)
            .orElseThrow();

    for (String path :
        List.of(
            "/executions/" + run,
            "/executions/" + run + "/map",
            "/executions/" + run + "?name=db99",
            "/executions/" + run + "?error=victim",
            "/executions/" + run + "?lifecycle=Failed",
            "/executions/" + run + "/errors")) {
      List<Duration> medians = medians(service.url(path), cookie);
      reporter.publishEntry(path.replace(run.toString(), "{id}"), medians.toString());
      assertThat(medians.getLast())
          .as("medians of %d answers each of %s: %s", REQUESTS, path, medians)
          .isLessThan(SOON);
    }
  }

  /// The medians of rounds of requests, the last of which was as quick as it should be. More than
  /// one is for a machine that does other work, too; each counts as a whole, its slow answers with
  /// it.
  private static List<Duration> medians(URI address, String cookie) {
    HttpRequest request = HttpRequest.newBuilder(address).header("Cookie", cookie).build();
    List<Duration> medians = new ArrayList<>();
    try (HttpClient client = HttpClient.newHttpClient()) {
      do {
        medians.add(median(client, request));
      } while (medians.getLast().compareTo(SOON) >= 0 && medians.size() < MOST_ROUNDS);
    }
    return medians;
  }

  private static Duration median(HttpClient client, HttpRequest request) {
    long[] nanoseconds = new long[REQUESTS];
    for (int i = 0; i < REQUESTS; i++) {
      long begin = System.nanoTime();
      assertThat(client.sendAsync(request, BodyHandlers.ofString()).join().statusCode())
          .isEqualTo(200);
      nanoseconds[i] = System.nanoTime() - begin;
    }
    Arrays.sort(nanoseconds);
    return Duration.ofNanos(nanoseconds[REQUESTS / 2]);
  }

  @Test
  void thousandsOfChangesASecondArePutInTogether() {
    Page page = visitor.open(visitor.signedIn(), "/executions/" + run);
    assertThat(page.locator(".fleet[data-drawn='10000']")).hasCount(1);
    assertThat(page.locator(".error-group")).hasCount(2);
    page.evaluate(
        """
        () => {
          window.seen = { batches: 0, cells: 0, long: 0 };
          new MutationObserver((changes) => {
            const cells = changes.filter((change) => change.attributeName === 'class').length;
            if (cells > 0) {
              window.seen.batches++;
              window.seen.cells += cells;
            }
          }).observe(document.querySelector('.fleet'), { subtree: true, attributes: true });
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) {
              window.seen.long = Math.max(window.seen.long, entry.duration);
            }
          }).observe({ entryTypes: ['longtask'] });
        }
        """);

    long begin = System.nanoTime();
    for (int i = 0; i < 12; i++) {
      succeed(500);
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }
    assertThat(page.locator(".legend-entry[data-lifecycle='Succeeded'] strong")).hasText("6,000");
    assertThat(page.locator(".fleet .cell-S")).hasCount(6_000);
    long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds() + 1;

    log.info("{} in {} s", page.evaluate("() => window.seen"), seconds);
    assertThat(seen(page, "cells")).isEqualTo(6_000);
    assertThat(seen(page, "batches")).isBetween(1.0, seconds + 1.0);
    assertThat(seen(page, "long")).isLessThan(LONGEST_TASK_MILLISECONDS);
    visitor.open(page, "/executions/" + run + "?name=db999");
    assertThat(page.locator(".fleet[data-drawn='10000']")).hasCount(1);
    Visitor.photograph(page, "execution-large");
  }

  private static double seen(Page page, String what) {
    return ((Number) page.evaluate("what => window.seen[what]", what)).doubleValue();
  }

  @Test
  void stillMoreDatabasesAreShownByServer() {
    UUID larger = expanded("Larger", 3, 7_000);
    Page page = visitor.open(visitor.signedIn(), "/executions/" + larger);
    assertThat(page.locator("#map")).containsText("So many databases are shown by server");
    assertThat(page.locator(".fleet")).hasCount(0);
    assertThat(page.locator("#run-servers tbody tr")).hasCount(3);
    assertThat(page.locator("#run-servers tbody tr").first()).containsText("0 of 7000 ended");

    fail(larger, 2, "no");

    assertThat(page.locator("#run-servers .fill-Failed")).hasCount(3);
    page.locator("#run-servers a").first().click();
    assertThat(page).hasURL(Pattern.compile(".*[?]step=1&server=.*#databases"));
    assertThat(page.locator("#children tbody tr")).hasCount(50);
    page.getByText("Next page").click();
    assertThat(page)
        .hasURL(
            Pattern.compile(".*&after=.*"),
            new PageAssertions.HasURLOptions().setTimeout(PATIENCE_MILLISECONDS));
    assertThat(page.locator("#children tbody tr")).hasCount(50);
    assertThat(page.locator("#children a[rel=first]")).isVisible();
  }

  @Test
  void manyErrorsAreCountedWithoutScriptsWhenSomebodyAsks() {
    Page page = visitor.open(visitor.signedIn(Visitor.withoutScripts()), "/executions/" + run);
    assertThat(page.locator(".error-group")).hasCount(0);
    page.getByText("Count them").click();
    assertThat(page.locator(".error-group")).hasCount(2);
  }

  private void succeed(int children) {
    jdbi.useTransaction(handle -> {
      handle.execute(
          """
          UPDATE child_execution
          SET lifecycle = 'Succeeded', attempt = 1, started_at = now(), ended_at = now()
          WHERE execution_id IN (
            SELECT c.execution_id FROM child_execution c JOIN step_execution s USING (step_execution_id)
            WHERE s.execution_id = ? AND c.lifecycle = 'Created' ORDER BY random() LIMIT ?)
          """,
          run,
          children);
      count(handle, run);
    });
  }
}
