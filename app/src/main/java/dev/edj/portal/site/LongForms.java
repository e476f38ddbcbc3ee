package dev.edj.portal.site;

import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.InitBinder;

/// Lets the lists of forms be as long as a form can be: `SentFields` has seen that nothing of them
/// is missing, and the server takes no more fields than these.
@ControllerAdvice(basePackages = "dev.edj.portal")
final class LongForms {

  private static final int MOST_FIELDS = 1_000;

  @InitBinder
  void allow(WebDataBinder binder) {
    binder.setAutoGrowCollectionLimit(MOST_FIELDS);
  }
}
