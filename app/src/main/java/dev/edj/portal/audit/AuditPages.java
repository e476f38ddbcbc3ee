package dev.edj.portal.audit;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.audit.AuditLog;
import dev.edj.audit.AuditOutcome;
import dev.edj.audit.AuditPage;
import dev.edj.audit.ChainHead;
import dev.edj.audit.Verification;
import dev.edj.controldb.SharedRead;
import dev.edj.portal.site.Refusal;
import dev.edj.portal.site.Typed;
import dev.edj.problem.EdjException;
import dev.edj.web.AuditLines;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.json.JsonMapper;

/// Who did what: the audit log, an event of it, and whether it still is what was written.
@Controller
final class AuditPages {

  /// What events are about, as they call it.
  static final List<String> KINDS =
      List.of(
          "content",
          "credential",
          "execution",
          "job",
          "key",
          "node",
          "notice",
          "policy",
          "query",
          "request",
          "schedule",
          "session",
          "target",
          "ticket",
          "token",
          "trigger",
          "user");

  private final AuditLog log;
  private final JsonMapper mapper;

  /// However many ask, the chain is gone along once at a time.
  private final SharedRead<Optional<ChainHead>, Verification> verifications;

  AuditPages(AuditLog log, JsonMapper mapper) {
    this.log = log;
    this.mapper = mapper;
    this.verifications = new SharedRead<>(expected -> log.verify(null, expected.orElse(null)));
  }

  @GetMapping("/audit")
  @Allowed(Permission.READ)
  ModelAndView list(@ModelAttribute("query") AuditQuery query) {
    ModelAndView page = new ModelAndView("audit");
    page.addObject("kinds", KINDS);
    page.addObject("outcomes", AuditOutcome.values());
    page.addObject("head", log.head());
    try {
      page.addObject("events", log.list(query.filter(Clock.systemUTC())));
    } catch (EdjException e) {
      page.addObject("events", new AuditPage(List.of(), null));
      refuse(page, e);
    }
    return page;
  }

  @GetMapping("/audit/{id}")
  @Allowed(Permission.READ)
  ModelAndView event(@PathVariable long id) {
    return new ModelAndView("audit-event", "page", EventPage.of(log.event(id)));
  }

  /// @param expectHead where the chain had come to at an earlier time
  @GetMapping("/audit/verification")
  @Allowed(Permission.READ)
  ModelAndView verification(@RequestParam(required = false) @Nullable String expectHead) {
    ModelAndView page = new ModelAndView("audit-verification");
    page.addObject("expectHead", expectHead);
    String head = Typed.stripped(expectHead);
    try {
      page.addObject(
          "verification",
          verifications.of(
              Optional.ofNullable(head).map(text -> ChainHead.parse("expectHead", text))));
    } catch (EdjException e) {
      refuse(page, e);
    }
    return page;
  }

  /// All linked events, for another system to keep.
  @GetMapping("/audit/export")
  @Allowed(Permission.READ)
  void export(HttpServletRequest request, HttpServletResponse response) throws Exception {
    AuditLines.send(log, 0, mapper, request, response);
  }

  private static void refuse(ModelAndView page, EdjException e) {
    page.addObject("refusal", Refusal.of(e));
    page.setStatus(HttpStatus.valueOf(e.category().httpStatus()));
  }
}
