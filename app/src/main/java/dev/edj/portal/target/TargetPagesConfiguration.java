package dev.edj.portal.target;

import dev.edj.target.Targets;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// The pages of targets.
@Configuration(proxyBeanMethods = false)
@Import({
  TargetListPages.class,
  TargetPages.class,
  TargetFormPages.class,
  TargetDatabasePages.class
})
public class TargetPagesConfiguration {

  /// Longer than people look at a page that shows nothing; servers may be given more time than
  /// that.
  private static final Duration LONGEST_WAIT_FOR_SERVERS = Duration.ofSeconds(20);

  @Bean
  Explanations explanations(Targets targets) {
    return new Explanations(targets::explain, LONGEST_WAIT_FOR_SERVERS, InstantSource.system());
  }
}
