package dev.edj.portal.site;

import dev.edj.scope.NamedBounds;
import dev.edj.web.RoutePermissions;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.thymeleaf.ITemplateEngine;

/// What all pages share.
@Configuration(proxyBeanMethods = false)
@Import({AssetPages.class, ThemePages.class, LongForms.class})
public class SiteConfiguration implements WebMvcConfigurer {

  private final Allowances allowances;

  SiteConfiguration(Allowances allowances) {
    this.allowances = allowances;
  }

  @Bean
  Assets assets() {
    return Assets.read();
  }

  @Bean
  PortalDialect portalDialect(Assets assets) {
    return new PortalDialect(new Show(assets));
  }

  @Bean
  Fragments fragments(ITemplateEngine engine) {
    return new Fragments(engine);
  }

  @Bean
  ErrorPages errorPages(Fragments fragments, Allowances allowances) {
    return new ErrorPages(fragments, allowances);
  }

  @Bean
  static Allowances allowances(
      @Qualifier("requestMappingHandlerMapping") ObjectProvider<RequestMappingHandlerMapping> routes,
      ObjectProvider<NamedBounds> bounds) {
    return new Allowances(() -> new RoutePermissions(routes.getObject()), bounds::getObject);
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(new SiteInterceptor(allowances));
    registry.addInterceptor(new SentFields());
  }
}
