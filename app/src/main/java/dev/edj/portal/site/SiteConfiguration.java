package dev.edj.portal.site;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.thymeleaf.ITemplateEngine;

/// What all pages share.
@Configuration(proxyBeanMethods = false)
@Import({AssetPages.class, ThemePages.class})
public class SiteConfiguration implements WebMvcConfigurer {

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
  ErrorPages errorPages(Fragments fragments) {
    return new ErrorPages(fragments);
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(new SiteInterceptor());
  }
}
