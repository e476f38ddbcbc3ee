package dev.edj.api;

import static dev.edj.api.Bounds.LARGEST_PAGE;
import static dev.edj.api.Bounds.USUAL_PAGE;
import static dev.edj.api.Bounds.between;
import static dev.edj.api.Bounds.storable;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.audit.AuditEvent;
import dev.edj.audit.AuditFilter;
import dev.edj.audit.AuditLog;
import dev.edj.audit.AuditOutcome;
import dev.edj.audit.AuditPage;
import dev.edj.audit.ChainHead;
import dev.edj.audit.Verification;
import dev.edj.problem.EdjException;
import dev.edj.web.AuditLines;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/// Who did what. It is read here, and written by whatever is done.
@RestController
@RequestMapping(Locations.BASE + "/audit")
@Tag(name = "Audit")
class AuditController {

  private final AuditLog log;
  private final JsonMapper mapper;

  AuditController(AuditLog log, JsonMapper mapper) {
    this.log = log;
    this.mapper = mapper;
  }

  @GetMapping
  @Allowed(Permission.READ)
  @Operation(
      summary =
          "What was done, the newest first: by an actor, of an action such as `credential.update`, to a"
              + " kind of object, to one object by its name or id, with an"
              + " outcome, or in a time")
  AuditPage listAuditEvents(
      @RequestParam(required = false) @Nullable String actor,
      @RequestParam(required = false) @Nullable String action,
      @RequestParam(required = false) @Nullable String kind,
      @RequestParam(required = false) @Nullable String object,
      @RequestParam(required = false) @Nullable AuditOutcome outcome,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      @RequestParam(required = false) @Nullable Long after,
      @RequestParam(defaultValue = USUAL_PAGE) @Schema(minimum = "1", maximum = "" + LARGEST_PAGE)
          int limit) {
    return log.list(
        AuditFilter.page(between("limit", limit, 1, LARGEST_PAGE))
            .by(actor)
            .of(action)
            .toA(kind)
            .to(object)
            .outcome(outcome)
            .between(storable("from", from), storable("to", to))
            .after(after));
  }

  @GetMapping("/{id}")
  @Allowed(Permission.READ)
  @Operation(summary = "One event of the audit log")
  AuditEvent auditEvent(@PathVariable long id) {
    return log.event(id);
  }

  @GetMapping("/verification")
  @Allowed(Permission.READ)
  @Operation(
      summary =
          "Goes along the chain of events and says whether any was changed, removed or moved. A head,"
              + " `number:hash`, is what an earlier verification ended with: `expectHead` is to be in"
              + " the chain still, `afterHead` is where to begin")
  Verification verifyAudit(
      @RequestParam(required = false) @Nullable String expectHead,
      @RequestParam(required = false) @Nullable String afterHead) {
    return log.verify(head("afterHead", afterHead), head("expectHead", expectHead));
  }

  @GetMapping("/export")
  @Allowed(Permission.READ)
  @Operation(
      summary =
          "The events of the chain as lines of JSON, each with its number, the hash before it and its"
              + " own; of those after a number, if asked")
  @ApiResponse(
      responseCode = "200",
      description = "The events in the order of the chain",
      content = @Content(mediaType = AuditLines.TYPE))
  void exportAudit(
      @RequestParam(defaultValue = "0") long after,
      HttpServletRequest request,
      HttpServletResponse response)
      throws Exception {
    if (after < 0) {
      throw EdjException.invalid("after", "must not be negative");
    }
    AuditLines.send(log, after, mapper, request, response);
  }

  private static @Nullable ChainHead head(String field, @Nullable String text) {
    return text == null ? null : ChainHead.parse(field, text);
  }
}
