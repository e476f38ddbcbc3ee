package dev.edj.portal.site;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/// Renders templates where no request is answered by a view: parts of pages that are sent as they
/// change, and pages that filters write. `site` is unknown in them unless it is given.
public final class Fragments {

  private final ITemplateEngine engine;

  Fragments(ITemplateEngine engine) {
    this.engine = engine;
  }

  /// The fragments of this name (`th:fragment`) in the template, one after the other.
  public String render(String template, String fragment, Map<String, Object> variables) {
    return engine.process(template, Set.of(fragment), new Context(Locale.ROOT, variables));
  }

  String page(String template, Map<String, Object> variables) {
    return engine.process(template, new Context(Locale.ROOT, variables));
  }
}
