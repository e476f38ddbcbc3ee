package dev.edj.portal.execution;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.controldb.Recent;
import dev.edj.execution.Executions;
import dev.edj.execution.JobExecution;
import dev.edj.execution.RunDatabases;
import dev.edj.portal.site.Allowances;
import dev.edj.portal.site.Fragments;
import dev.edj.portal.site.Live;
import dev.edj.portal.site.LiveStream;
import dev.edj.portal.site.Onlookers;
import dev.edj.portal.site.SeeOther;
import dev.edj.problem.EdjException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.ModelAndView;

/// One execution: a run, or one database of it.
@Controller
final class ExecutionPages {

  private static final int MOST_SHARED = 500;
  private static final MediaType PLAIN_TEXT =
      new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);

  private static final MediaType XML =
      new MediaType(MediaType.APPLICATION_XML, StandardCharsets.UTF_8);

  private final Executions executions;
  private final RunDatabases databases;
  private final RunPages runs;
  private final ChildPages children;
  private final LiveStream stream;
  private final Allowances allowances;
  private final Recent<Onlookers, Live> live;

  ExecutionPages(
      Executions executions,
      RunDatabases databases,
      Fragments fragments,
      LiveStream stream,
      Allowances allowances) {
    this.executions = executions;
    this.databases = databases;
    this.runs = new RunPages(executions, databases, fragments);
    this.children = new ChildPages(executions, databases, fragments);
    this.stream = stream;
    this.allowances = allowances;
    this.live = new Recent<>(this::readLive, MOST_SHARED);
  }

  @GetMapping("/executions/{id}")
  @Allowed(Permission.READ)
  ModelAndView execution(
      @PathVariable UUID id,
      @ModelAttribute("query") DatabaseQuery query,
      @RequestParam(required = false) @Nullable Integer attempt,
      @RequestParam(defaultValue = "false") boolean allErrors,
      HttpServletRequest request) {
    JobExecution execution = executions.named(id);
    if (execution.parentId() != null) {
      return children.page(execution, attempt);
    }
    return isPart(request) ? runs.table(execution, query) : runs.page(execution, query, allErrors);
  }

  /// Of htmx, but for when it goes back to a page that it has not kept.
  private static boolean isPart(HttpServletRequest request) {
    return request.getHeader("HX-Request") != null
        && request.getHeader("HX-History-Restore-Request") == null;
  }

  @GetMapping("/executions/{id}/events")
  @Allowed(Permission.READ)
  void events(@PathVariable UUID id, HttpServletRequest request, HttpServletResponse response) {
    executions.named(id);
    Onlookers by = new Onlookers(id, allowances.of(request));
    stream.send(request, response, () -> live.of(by));
  }

  private Live readLive(Onlookers by) {
    JobExecution execution = executions.named(by.execution());
    return execution.parentId() == null
        ? runs.live(execution, by.may())
        : children.live(execution, by.may());
  }

  @GetMapping("/executions/{id}/map")
  @Allowed(Permission.READ)
  @ResponseBody
  FleetMap map(@PathVariable UUID id) {
    return runs.map(run(id));
  }

  @GetMapping("/executions/{id}/errors")
  @Allowed(Permission.READ)
  ModelAndView errors(@PathVariable UUID id) {
    return runs.errors(run(id).id());
  }

  /// The map knows databases by their names.
  @GetMapping("/executions/{id}/database")
  @Allowed(Permission.READ)
  SeeOther database(
      @PathVariable UUID id,
      @RequestParam int step,
      @RequestParam String server,
      @RequestParam String database) {
    return SeeOther.page("executions", databases.child(id, step, server, database));
  }

  @GetMapping("/executions/{id}/log")
  @Allowed(Permission.READ)
  ResponseEntity<String> log(
      @PathVariable UUID id, @RequestParam(required = false) @Nullable Integer attempt) {
    return ResponseEntity.ok()
        .contentType(PLAIN_TEXT)
        .body(children.log(executions.named(id), attempt));
  }

  /// What a deployment of a package was about to do, as the script of it.
  @GetMapping("/executions/{id}/plan")
  @Allowed(Permission.READ)
  ResponseEntity<String> plan(@PathVariable UUID id) {
    return ResponseEntity.ok().contentType(PLAIN_TEXT).body(executions.plan(id).script());
  }

  /// The same as a report, to be kept: it is no page.
  @GetMapping("/executions/{id}/report")
  @Allowed(Permission.READ)
  ResponseEntity<String> report(@PathVariable UUID id) {
    return ResponseEntity.ok()
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment()
                .filename("report-%s.xml".formatted(id))
                .build()
                .toString())
        .contentType(XML)
        .body(executions.plan(id).report());
  }

  private JobExecution run(UUID id) {
    JobExecution run = executions.named(id);
    if (run.parentId() != null) {
      throw EdjException.invalid(
          "id", "%s is a child; name its parent %s".formatted(id, run.parentId()));
    }
    return run;
  }
}
