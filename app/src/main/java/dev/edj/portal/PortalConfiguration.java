package dev.edj.portal;

import dev.edj.portal.account.AccountPagesConfiguration;
import dev.edj.portal.audit.AuditPagesConfiguration;
import dev.edj.portal.choice.ChoiceConfiguration;
import dev.edj.portal.content.ContentPagesConfiguration;
import dev.edj.portal.credential.CredentialPagesConfiguration;
import dev.edj.portal.execution.ExecutionConfiguration;
import dev.edj.portal.job.JobPagesConfiguration;
import dev.edj.portal.notice.NoticePagesConfiguration;
import dev.edj.portal.policy.PolicyPagesConfiguration;
import dev.edj.portal.query.QueryPagesConfiguration;
import dev.edj.portal.schedule.SchedulePagesConfiguration;
import dev.edj.portal.session.PortalSecurity;
import dev.edj.portal.session.SignedIn;
import dev.edj.portal.site.LiveStream;
import dev.edj.portal.site.SiteConfiguration;
import dev.edj.portal.target.TargetPagesConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// All that the portal is made of.
@Configuration(proxyBeanMethods = false)
@Import({
  SiteConfiguration.class,
  PortalSecurity.class,
  ChoiceConfiguration.class,
  OverviewPages.class,
  ExecutionListPages.class,
  ExecutionConfiguration.class,
  NodePages.class,
  FormAddresses.class,
  AccountPagesConfiguration.class,
  AuditPagesConfiguration.class,
  JobPagesConfiguration.class,
  ContentPagesConfiguration.class,
  PolicyPagesConfiguration.class,
  NoticePagesConfiguration.class,
  QueryPagesConfiguration.class,
  TargetPagesConfiguration.class,
  SchedulePagesConfiguration.class,
  CredentialPagesConfiguration.class
})
public class PortalConfiguration {

  @Bean
  LiveStream liveStream(SignedIn signedIn) {
    return new LiveStream(signedIn::still);
  }
}
