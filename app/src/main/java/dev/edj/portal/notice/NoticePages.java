package dev.edj.portal.notice;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.notice.Deliveries;
import dev.edj.notice.Delivery;
import dev.edj.notice.NoticeChange;
import dev.edj.notice.Notices;
import dev.edj.portal.site.Ask;
import dev.edj.portal.site.PagePath;
import dev.edj.portal.site.SeeOther;
import dev.edj.scope.Narrowing;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/// Notices: who is told of what, and what became of telling them.
@Controller
final class NoticePages {

  private static final String NOUN = NoticeView.NOUN;

  private final Notices notices;
  private final Deliveries deliveries;
  private final NoticeView view;

  NoticePages(Notices notices, Deliveries deliveries) {
    this.notices = notices;
    this.deliveries = deliveries;
    this.view = new NoticeView(notices, deliveries);
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

  /// @param after the last delivery of the page before
  @GetMapping("/notices/{name}")
  @Allowed(Permission.READ)
  ModelAndView notice(
      @PathVariable String name, @RequestParam(required = false) @Nullable UUID after) {
    return view.page(name, after);
  }

  @PostMapping("/notices/{name}/enable")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.NOTICE)
  SeeOther enable(@PathVariable String name) {
    notices.update(name, NoticeChange.enabling(true));
    return SeeOther.page(NOUN, name).saying("It tells of what happens from now on.");
  }

  @PostMapping("/notices/{name}/disable")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.NOTICE)
  SeeOther disable(@PathVariable String name) {
    notices.update(name, NoticeChange.enabling(false));
    return SeeOther.page(NOUN, name)
        .saying("Nothing is sent until it is enabled; what waited is given up.");
  }

  /// What comes of it is on the page of the delivery, which keeps up with it.
  @PostMapping("/notices/{name}/test")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.NOTICE)
  SeeOther test(@PathVariable String name) {
    Delivery test = deliveries.test(name);
    return SeeOther.page(NOUN, name, "deliveries", test.id());
  }

  @GetMapping("/notices/{name}/delete")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.NOTICE)
  ModelAndView askToDelete(@PathVariable String name) {
    return new ModelAndView(
        "ask",
        "ask",
        new Ask(
            "Delete notice %s?".formatted(notices.named(name).name()),
            "Nothing more is sent, not even what waits. What was sent is shown here no more.",
            PagePath.of(NOUN, name, "delete"),
            "Delete it",
            PagePath.of(NOUN, name)));
  }

  @PostMapping("/notices/{name}/delete")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.NOTICE)
  SeeOther delete(@PathVariable String name) {
    notices.delete(name);
    return SeeOther.page(NOUN).saying("Notice %s is deleted.".formatted(name));
  }
}
