package dev.edj.api.http;

import dev.edj.audit.AuditLog;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.scope.NamedBounds;
import dev.edj.settings.ServiceSettings;
import dev.edj.web.PermissionInterceptor;
import dev.edj.web.ProblemWriter;
import dev.edj.web.RefusedChanges;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.filters.RateLimitFilter;
import org.apache.catalina.util.NetMask;
import org.apache.catalina.valves.RemoteIpValve;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.http.converter.ByteArrayHttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.http.converter.StringHttpMessageConverter;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/// How Tomcat and Spring MVC are set up.
@Configuration(proxyBeanMethods = false)
@Import(ProblemHandler.class)
public class HttpConfiguration implements WebMvcConfigurer {

  /// What of a refused body is still read, so that the client gets to see the answer.
  private static final int SWALLOWED_BYTES = 3 * BodyLimitFilter.MAXIMUM_BYTES;

  private static final int RATE_SECONDS = 10;

  private final ObjectProvider<AuditLog> log;
  private final ObjectProvider<NamedBounds> bounds;

  HttpConfiguration(ObjectProvider<AuditLog> log, ObjectProvider<NamedBounds> bounds) {
    this.log = log;
    this.bounds = bounds;
  }

  @Bean
  JsonMapper jsonMapper() {
    return ApiJson.mapper();
  }

  @Bean
  ProblemWriter problemWriter(JsonMapper mapper) {
    return new ProblemWriter(mapper);
  }

  /// JSON, and the texts and bytes that some routes answer; no YAML because a library is there.
  @Override
  public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
    converters.configureMessageConvertersList(list ->
        list.removeIf(converter ->
            !(converter instanceof JacksonJsonHttpMessageConverter
                || converter instanceof StringHttpMessageConverter
                || converter instanceof ByteArrayHttpMessageConverter)));
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(new RefusedChanges(log::getObject));
    registry.addInterceptor(new PermissionInterceptor(bounds::getObject));
    registry.addInterceptor(new ConcreteContentType());
    registry.addInterceptor(new StrictQuery());
  }

  /// Before anything else is done for a request. Fixed windows: two of them may meet in twice as
  /// many.
  @Bean
  FilterRegistrationBean<RateLimitFilter> rates(ServiceSettings settings) {
    var registration = new FilterRegistrationBean<>(new RateLimitFilter());
    registration.setEnabled(settings.requestRate() > 0);
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    registration.addInitParameter("bucketDuration", String.valueOf(RATE_SECONDS));
    registration.addInitParameter(
        "bucketRequests", String.valueOf(settings.requestRate() * RATE_SECONDS));
    return registration;
  }

  /// Whoever asks is whom a trusted proxy names; to all others such headers are worth nothing.
  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> proxies(ServiceSettings settings) {
    return factory -> {
      if (!settings.trustedProxies().isEmpty()) {
        settings.trustedProxies().forEach(HttpConfiguration::checkProxy);
        RemoteIpValve valve = new RemoteIpValve();
        valve.setInternalProxies(String.join(",", settings.trustedProxies()));
        factory.addEngineValves(valve);
      }
    };
  }

  private static void checkProxy(String address) {
    try {
      new NetMask(address);
    } catch (IllegalArgumentException e) {
      throw new EdjException(
          ErrorCode.SETUP,
          "--trusted-proxy",
          "--trusted-proxy: '%s' is neither an address nor a network such as 10.0.0.0/8"
              .formatted(address),
          e);
    }
  }

  /// Names may hold slashes and backslashes: encoded ones reach the route as they are, and only
  /// there are they decoded, within their segment.
  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> tomcat() {
    return factory -> {
      factory.addConnectorCustomizers(connector -> {
        connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
        connector.setEncodedReverseSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
        connector.setProperty("maxSwallowSize", String.valueOf(SWALLOWED_BYTES));
        forgetRequests(connector);
      });
      factory.addContextCustomizers(context -> {
        if (context.getParent() instanceof StandardHost host) {
          host.setErrorReportValveClass(ProblemValve.class.getName());
        }
      });
    };
  }

  /// What is kept for the next request holds what the last one sent, passwords too, for as long as
  /// the process lives.
  private static void forgetRequests(Connector connector) {
    connector.setProperty("processorCache", "0");
    connector.setProperty("socket.processorCache", "0");
    connector.setProperty("socket.bufferPool", "0");
  }
}
