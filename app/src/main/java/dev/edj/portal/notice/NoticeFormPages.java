package dev.edj.portal.notice;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.notice.Deliveries;
import dev.edj.notice.MadeNotice;
import dev.edj.notice.Notice;
import dev.edj.notice.Notices;
import dev.edj.notice.WebhookFormat;
import dev.edj.portal.site.Refusal;
import dev.edj.portal.site.SeeOther;
import dev.edj.portal.site.Typed;
import dev.edj.problem.EdjException;
import dev.edj.scope.Narrowing;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/// The forms by which notices are made and changed, and get another signing key.
@Controller
final class NoticeFormPages {

  private static final String NOUN = NoticeView.NOUN;
  private static final String USUAL_OVERLAP = "1d";

  private final Notices notices;
  private final NoticeView view;

  NoticeFormPages(Notices notices, Deliveries deliveries) {
    this.notices = notices;
    this.view = new NoticeView(notices, deliveries);
  }

  /// @param job the one that it is to tell of
  @GetMapping("/new/notice")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.SHARED)
  ModelAndView blank(@RequestParam(required = false) @Nullable String job) {
    return form(NoticeForm.blank(job), null);
  }

  @PostMapping("/new/notice")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.REQUEST)
  Object create(NoticeForm form) {
    MadeNotice made;
    try {
      made = notices.create(form.newNotice());
    } catch (EdjException e) {
      return refused(form(form, null), e);
    }
    String name = made.notice().name();
    return made.secret() == null
        ? SeeOther.page(NOUN, name).saying("Notice %s is created.".formatted(name))
        : view.made(made);
  }

  @GetMapping("/notices/{name}/edit")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.NOTICE)
  ModelAndView edit(@PathVariable String name) {
    Notice notice = notices.named(name);
    return form(NoticeForm.of(notice), notice);
  }

  @PostMapping("/notices/{name}/edit")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.NOTICE)
  Object update(@PathVariable String name, NoticeForm form) {
    Notice before = notices.named(name);
    try {
      notices.update(name, form.change(before));
      return SeeOther.page(NOUN, name).saying("Saved.");
    } catch (EdjException e) {
      return refused(form(form, before), e);
    }
  }

  /// The model holds the form without its secret, whatever the page shows of it.
  private static ModelAndView form(NoticeForm form, @Nullable Notice notice) {
    ModelAndView page = new ModelAndView("notice-form");
    // Under the name that Spring itself keeps what was sent.
    page.addObject("noticeForm", form.withoutSecrets());
    page.addObject("form", form.withoutSecrets());
    page.addObject("notice", notice);
    page.addObject("formats", WebhookFormat.values());
    page.addObject("title", notice == null ? "New notice" : "Change " + notice.name());
    return page;
  }

  @GetMapping("/notices/{name}/rotate-key")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.NOTICE)
  ModelAndView askToRotate(@PathVariable String name) {
    return rotation(name, USUAL_OVERLAP);
  }

  /// @param overlap how long the key before it is good, too; empty for no more
  @PostMapping("/notices/{name}/rotate-key")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.NOTICE)
  ModelAndView rotate(@PathVariable String name, @RequestParam(defaultValue = "") String overlap) {
    try {
      Duration typed = new Typed("overlap", overlap).duration();
      return view.made(notices.rotateKey(name, typed == null ? Duration.ZERO : typed));
    } catch (EdjException e) {
      return refused(rotation(name, overlap), e);
    }
  }

  private ModelAndView rotation(String name, String overlap) {
    ModelAndView page = new ModelAndView("notice-key");
    page.addObject("name", notices.named(name).name());
    page.addObject("overlap", overlap);
    return page;
  }

  private static ModelAndView refused(ModelAndView page, EdjException e) {
    page.addObject("refusal", Refusal.of(e));
    page.setStatus(HttpStatus.valueOf(e.category().httpStatus()));
    return page;
  }
}
