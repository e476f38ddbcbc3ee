package dev.edj.portal.site;

import java.util.Set;
import org.thymeleaf.context.IExpressionContext;
import org.thymeleaf.dialect.AbstractDialect;
import org.thymeleaf.dialect.IExpressionObjectDialect;
import org.thymeleaf.expression.IExpressionObjectFactory;

/// Makes [Show] known to all templates.
final class PortalDialect extends AbstractDialect implements IExpressionObjectDialect {

  private static final String NAME = "show";

  private final Show show;

  PortalDialect(Show show) {
    super("EDJ");
    this.show = show;
  }

  @Override
  public IExpressionObjectFactory getExpressionObjectFactory() {
    return new IExpressionObjectFactory() {

      @Override
      public Set<String> getAllExpressionObjectNames() {
        return Set.of(NAME);
      }

      @Override
      public Object buildObject(IExpressionContext context, String name) {
        return show;
      }

      @Override
      public boolean isCacheable(String name) {
        return true;
      }
    };
  }
}
