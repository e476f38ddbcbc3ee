package dev.edj.portal;

import dev.edj.portal.session.PortalSecurity;
import dev.edj.portal.session.SignedIn;
import dev.edj.portal.site.LiveStream;
import dev.edj.portal.site.SiteConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// All that the portal is made of.
@Configuration(proxyBeanMethods = false)
@Import({
  SiteConfiguration.class,
  PortalSecurity.class,
  OverviewPages.class,
  ExecutionListPages.class,
  NodePages.class
})
public class PortalConfiguration {

  @Bean
  LiveStream liveStream(SignedIn signedIn) {
    return new LiveStream(signedIn::still);
  }
}
