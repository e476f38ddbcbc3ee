package dev.edj.portal.notice;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.notice.Deliveries;
import dev.edj.notice.Notices;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/// Who is told of what, and what became of telling them.
@Controller
final class NoticePages {

  private static final int SHOWN_DELIVERIES = 50;

  private final Notices notices;
  private final Deliveries deliveries;

  NoticePages(Notices notices, Deliveries deliveries) {
    this.notices = notices;
    this.deliveries = deliveries;
  }

  /// @param job only those that tell of it: its own, and those of all jobs
  @GetMapping("/notices")
  @Allowed(Permission.READ)
  ModelAndView list(@RequestParam(required = false) @Nullable String job) {
    ModelAndView page = new ModelAndView("notices");
    page.addObject("lines", NoticeLine.of(notices.list(job)));
    page.addObject("job", job);
    return page;
  }

  @GetMapping("/notices/{name}")
  @Allowed(Permission.READ)
  ModelAndView notice(@PathVariable String name) {
    return new ModelAndView(
        "notice",
        Map.of(
            "line",
            new NoticeLine(notices.named(name)),
            "deliveries",
            deliveries.list(name, null, SHOWN_DELIVERIES).stream()
                .map(DeliveryLine::new)
                .toList()));
  }
}
