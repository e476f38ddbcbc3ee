package dev.edj.portal.notice;

import dev.edj.notice.Deliveries;
import dev.edj.notice.Delivery;
import dev.edj.notice.MadeNotice;
import dev.edj.notice.Notices;
import dev.edj.portal.site.NamedRows;
import dev.edj.portal.site.PagePath;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.ModelAndView;

/// The page of a notice: what it tells whom, and what was sent.
final class NoticeView {

  static final String NOUN = "notices";

  private static final int ROWS = 50;

  private final Notices notices;
  private final Deliveries deliveries;

  NoticeView(Notices notices, Deliveries deliveries) {
    this.notices = notices;
    this.deliveries = deliveries;
  }

  /// @param after the last delivery of the page before
  ModelAndView page(String name, @Nullable UUID after) {
    ModelAndView page = new ModelAndView("notice");
    page.addObject("line", new NoticeLine(notices.named(name)));
    page.addObject("deliveries", rows(name, after));
    return page;
  }

  /// The same with a signing key: the answer is the one place where it is ever shown.
  ModelAndView made(MadeNotice made) {
    ModelAndView page = page(made.notice().name(), null);
    page.addObject("made", made);
    page.setStatus(HttpStatus.CREATED);
    return page;
  }

  /// One more than are shown is asked for, so that it is known whether there are more.
  private NamedRows<DeliveryLine> rows(String name, @Nullable UUID after) {
    List<Delivery> found = deliveries.list(name, after, ROWS + 1);
    List<Delivery> rows = found.subList(0, Math.min(ROWS, found.size()));
    PagePath address = PagePath.of(NOUN, name);
    return new NamedRows<>(
            rows,
            after == null ? null : address,
            found.size() > ROWS ? address.with("after", rows.getLast().id()) : null)
        .map(DeliveryLine::new);
  }
}
