package dev.edj.api;

import dev.edj.api.http.HttpConfiguration;
import dev.edj.api.security.SecurityConfiguration;
import dev.edj.controldb.ControlDatabase;
import dev.edj.metric.ServiceMetrics;
import dev.edj.portal.PortalConfiguration;
import dev.edj.web.PermissionInterceptor;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.springdoc.core.configuration.SpringDocConfiguration;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.webmvc.core.configuration.SpringDocWebMvcConfiguration;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.jackson.JacksonEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementContextAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.jvm.JvmMetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.system.SystemMetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.servlet.autoconfigure.HttpEncodingAutoConfiguration;
import org.springframework.boot.servlet.autoconfigure.actuate.web.ServletManagementContextAutoConfiguration;
import org.springframework.boot.thymeleaf.autoconfigure.ThymeleafAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcObservationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/// All that Spring makes. What it may set up by itself is listed, not searched for: the start is
/// faster, and nothing opens because a library happens to be there.
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({
  // The ground
  PropertyPlaceholderAutoConfiguration.class,
  ConfigurationPropertiesAutoConfiguration.class,
  LifecycleAutoConfiguration.class,
  // HTTP
  TomcatServletWebServerAutoConfiguration.class,
  DispatcherServletAutoConfiguration.class,
  HttpEncodingAutoConfiguration.class,
  HttpMessageConvertersAutoConfiguration.class,
  WebMvcAutoConfiguration.class,
  SecurityFilterAutoConfiguration.class,
  ThymeleafAutoConfiguration.class,
  // Health and metrics
  EndpointAutoConfiguration.class,
  WebEndpointAutoConfiguration.class,
  JacksonEndpointAutoConfiguration.class,
  ManagementContextAutoConfiguration.class,
  ServletManagementContextAutoConfiguration.class,
  HealthContributorAutoConfiguration.class,
  HealthContributorRegistryAutoConfiguration.class,
  HealthEndpointAutoConfiguration.class,
  MetricsAutoConfiguration.class,
  CompositeMeterRegistryAutoConfiguration.class,
  PrometheusMetricsExportAutoConfiguration.class,
  ObservationAutoConfiguration.class,
  WebMvcObservationAutoConfiguration.class,
  JvmMetricsAutoConfiguration.class,
  SystemMetricsAutoConfiguration.class,
  // The OpenAPI document
  SpringDocConfiguration.class,
  SpringDocConfigProperties.class,
  SpringDocWebMvcConfiguration.class
})
@Import({
  HttpConfiguration.class,
  SecurityConfiguration.class,
  OpenApiConfiguration.class,
  ServiceController.class,
  CredentialController.class,
  ContentController.class,
  PolicyController.class,
  TargetController.class,
  JobController.class,
  ExecutionController.class,
  BundleController.class,
  QueryController.class,
  ResultController.class,
  TaskController.class,
  ScheduleController.class,
  TriggerController.class,
  NoticeController.class,
  NodeController.class,
  TicketController.class,
  AccountController.class,
  UserController.class,
  TokenController.class,
  AuditController.class,
  PortalConfiguration.class
})
class ApiConfiguration {

  @Bean
  Lists lists(JsonMapper mapper) {
    return new Lists(mapper);
  }

  @Bean
  ControlDatabaseHealth controlDatabaseHealth(ControlDatabase database) {
    return new ControlDatabaseHealth(database);
  }

  @Bean
  PrometheusCollector serviceMetrics(ServiceMetrics metrics, PrometheusRegistry registry) {
    PrometheusCollector collector = new PrometheusCollector(metrics);
    registry.register(collector);
    return collector;
  }

  /// The service does not start with a route that everybody could use because somebody forgot.
  @Bean
  SmartInitializingSingleton declaredPermissions(
      @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping routes) {
    return () -> PermissionInterceptor.requireDeclarations(routes);
  }
}
