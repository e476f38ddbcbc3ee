package dev.edj.portal.notice;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.notice.Deliveries;
import dev.edj.portal.site.Allowance;
import dev.edj.portal.site.Allowances;
import dev.edj.portal.site.Ask;
import dev.edj.portal.site.Fragments;
import dev.edj.portal.site.Live;
import dev.edj.portal.site.LiveStream;
import dev.edj.portal.site.PagePath;
import dev.edj.portal.site.SeeOther;
import dev.edj.scope.Narrowing;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/// One thing that was to be told to one receiver: what was sent, and what was answered each time.
@Controller
final class DeliveryPages {

  private static final String TEMPLATE = "delivery";
  private static final String SEGMENT = "deliveries";

  private final Deliveries deliveries;
  private final LiveStream stream;
  private final Fragments fragments;
  private final Allowances allowances;

  DeliveryPages(
      Deliveries deliveries, LiveStream stream, Fragments fragments, Allowances allowances) {
    this.deliveries = deliveries;
    this.stream = stream;
    this.fragments = fragments;
    this.allowances = allowances;
  }

  @GetMapping("/notices/{name}/deliveries/{id}")
  @Allowed(Permission.READ)
  ModelAndView delivery(@PathVariable String name, @PathVariable UUID id) {
    return new ModelAndView(TEMPLATE, "page", read(name, id));
  }

  @GetMapping("/notices/{name}/deliveries/{id}/events")
  @Allowed(Permission.READ)
  void events(
      @PathVariable String name,
      @PathVariable UUID id,
      HttpServletRequest request,
      HttpServletResponse response) {
    read(name, id);
    Allowance may = allowances.of(request);
    stream.send(request, response, () -> live(name, id, may));
  }

  /// Read anew each time: few look at one delivery, and what was read before it was sent again
  /// would say that nothing will change any more.
  private Live live(String name, UUID id, Allowance may) {
    DeliveryPage page = read(name, id);
    return new Live(
        fragments.render(TEMPLATE, "live", Map.of("page", page, "may", may)), page.isEnded());
  }

  @GetMapping("/notices/{name}/deliveries/{id}/resend")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.NOTICE)
  ModelAndView askToResend(@PathVariable String name, @PathVariable UUID id) {
    read(name, id);
    return new ModelAndView(
        "ask",
        "ask",
        new Ask(
            "Send it again?",
            "The receiver gets the same under the same id, by which it can tell that it has it.",
            PagePath.of(NoticeView.NOUN, name, SEGMENT, id, "resend"),
            "Send it",
            PagePath.of(NoticeView.NOUN, name, SEGMENT, id)));
  }

  @PostMapping("/notices/{name}/deliveries/{id}/resend")
  @Allowed(value = Permission.WRITE, narrowed = Narrowing.NOTICE)
  SeeOther resend(@PathVariable String name, @PathVariable UUID id) {
    deliveries.resend(name, id);
    return SeeOther.page(NoticeView.NOUN, name, SEGMENT, id);
  }

  private DeliveryPage read(String name, UUID id) {
    return new DeliveryPage(deliveries.named(name, id));
  }
}
