package dev.edj.portal.choice;

import dev.edj.content.Contents;
import dev.edj.credential.Credentials;
import dev.edj.job.Jobs;
import dev.edj.policy.Policies;
import dev.edj.schedule.Schedules;
import dev.edj.target.TargetDirectory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// What forms offer to choose from.
@Configuration(proxyBeanMethods = false)
@Import(ChoicePages.class)
public class ChoiceConfiguration {

  @Bean
  Choices choices(
      Jobs jobs,
      Contents contents,
      TargetDirectory targets,
      Credentials credentials,
      Policies policies,
      Schedules schedules) {
    return new Choices(jobs, contents, targets, credentials, policies, schedules);
  }
}
