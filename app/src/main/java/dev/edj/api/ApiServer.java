package dev.edj.api;

import dev.edj.Wiring;
import dev.edj.access.Callers;
import dev.edj.access.SignIns;
import dev.edj.access.Tokens;
import dev.edj.access.Users;
import dev.edj.audit.AuditLog;
import dev.edj.bundle.Bundles;
import dev.edj.content.Contents;
import dev.edj.controldb.ControlDatabase;
import dev.edj.credential.Credentials;
import dev.edj.execution.Executions;
import dev.edj.execution.History;
import dev.edj.execution.RunDatabases;
import dev.edj.job.JobDirectory;
import dev.edj.job.Jobs;
import dev.edj.job.Queries;
import dev.edj.metric.ServiceMetrics;
import dev.edj.node.Nodes;
import dev.edj.notice.Deliveries;
import dev.edj.notice.Notices;
import dev.edj.policy.Policies;
import dev.edj.portal.session.Sessions;
import dev.edj.portal.session.Tickets;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.result.Results;
import dev.edj.schedule.ScheduleCalendar;
import dev.edj.schedule.Schedules;
import dev.edj.schedule.Triggers;
import dev.edj.scope.NamedBounds;
import dev.edj.security.EncryptionKeys;
import dev.edj.security.KeyRotations;
import dev.edj.security.LocalToken;
import dev.edj.settings.OidcSettings;
import dev.edj.settings.ServiceSettings;
import dev.edj.target.TargetDirectory;
import dev.edj.target.TargetServers;
import dev.edj.target.Targets;
import dev.edj.trace.Traces;
import dev.edj.web.oidc.Provider;
import dev.edj.web.oidc.ProviderSignIn;
import dev.edj.web.oidc.ProviderTokens;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.beans.factory.config.BeanDefinitionCustomizer;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.web.context.support.StandardServletEnvironment;

/// The running doors: the REST API and the portal.
public final class ApiServer implements AutoCloseable {

  private final ConfigurableApplicationContext context;
  private final URI url;

  private ApiServer(ConfigurableApplicationContext context, URI url) {
    this.context = context;
    this.url = url;
  }

  /// Returns when requests are answered.
  public static ApiServer start(Wiring wiring, ServiceSettings settings) {
    return start(() -> wiring, settings);
  }

  /// Asks for the wiring only when it is needed, so that the control database can start at the same
  /// time as Spring.
  static ApiServer start(Supplier<Wiring> wiring, ServiceSettings settings) {
    LocalToken token = LocalToken.open(settings.dataDirectory());
    SpringApplication application = new SpringApplication(ApiConfiguration.class);
    application.setBannerMode(Banner.Mode.OFF);
    application.setLogStartupInfo(false);
    application.setRegisterShutdownHook(false);
    application.setEnvironment(environment(settings));
    application.addInitializers(
        context -> register((GenericApplicationContext) context, wiring, settings, token));
    try {
      ConfigurableApplicationContext context = application.run();
      return new ApiServer(context, url(context, settings));
    } catch (RuntimeException e) {
      throw sentence(e, settings);
    }
  }

  public URI url() {
    return url;
  }

  /// For tests.
  ConfigurableApplicationContext context() {
    return context;
  }

  /// Lets the requests under way end, for a few seconds, and waits for no further ones.
  @Override
  public void close() {
    context.close();
  }

  /// The operations come from outside; Spring makes none of them.
  private static void register(
      GenericApplicationContext context,
      Supplier<Wiring> wiring,
      ServiceSettings settings,
      LocalToken token) {
    context.registerBean(ServiceSettings.class, () -> settings);
    context.registerBean(LocalToken.class, () -> token);
    context.registerBean(ControlDatabase.class, () -> wiring.get().controlDatabase(), unclosed());
    context.registerBean(EncryptionKeys.class, () -> wiring.get().encryptionKeys());
    context.registerBean(KeyRotations.class, () -> wiring.get().keyRotations());
    context.registerBean(Credentials.class, () -> wiring.get().credentials());
    context.registerBean(Contents.class, () -> wiring.get().contents());
    context.registerBean(Policies.class, () -> wiring.get().policies());
    context.registerBean(Targets.class, () -> wiring.get().targets());
    context.registerBean(TargetDirectory.class, () -> wiring.get().targetDirectory());
    context.registerBean(TargetServers.class, () -> wiring.get().targetServers());
    context.registerBean(Jobs.class, () -> wiring.get().jobs());
    context.registerBean(JobDirectory.class, () -> wiring.get().jobDirectory());
    context.registerBean(Executions.class, () -> wiring.get().executions());
    context.registerBean(RunDatabases.class, () -> wiring.get().runDatabases());
    context.registerBean(Queries.class, () -> wiring.get().queries());
    context.registerBean(Results.class, () -> wiring.get().results());
    context.registerBean(History.class, () -> wiring.get().history());
    context.registerBean(Schedules.class, () -> wiring.get().schedules());
    context.registerBean(Triggers.class, () -> wiring.get().triggers());
    context.registerBean(ScheduleCalendar.class, () -> wiring.get().scheduleCalendar());
    context.registerBean(Notices.class, () -> wiring.get().notices());
    context.registerBean(Deliveries.class, () -> wiring.get().deliveries());
    context.registerBean(Nodes.class, () -> wiring.get().nodes());
    context.registerBean(Users.class, () -> wiring.get().access().users());
    context.registerBean(Tokens.class, () -> wiring.get().access().tokens());
    context.registerBean(SignIns.class, () -> wiring.get().access().signIns());
    context.registerBean(Callers.class, () -> wiring.get().access().callers());
    context.registerBean(NamedBounds.class, () -> wiring.get().namedBounds());
    context.registerBean(Traces.class, () -> wiring.get().traces(), unclosed());
    context.registerBean(Bundles.class, () -> wiring.get().bundles());
    context.registerBean(ServiceMetrics.class, () -> wiring.get().serviceMetrics());
    context.registerBean(AuditLog.class, () -> wiring.get().auditLog());
    context.registerBean(Tickets.class, () -> wiring.get().tickets());
    context.registerBean(Sessions.class, () -> wiring.get().sessions());
    OidcSettings oidc = settings.oidc();
    if (oidc != null) {
      InstantSource clock = InstantSource.system();
      Provider provider = new Provider(oidc, clock);
      ProviderTokens tokens = new ProviderTokens(provider, clock);
      context.registerBean(Provider.class, () -> provider);
      context.registerBean(ProviderTokens.class, () -> tokens);
      context.registerBean(ProviderSignIn.class, () -> new ProviderSignIn(provider, tokens));
    }
  }

  /// Whoever opened it closes it. An empty name, because for none Spring takes the method `close`.
  private static BeanDefinitionCustomizer unclosed() {
    return definition -> definition.setDestroyMethodName("");
  }

  /// Only what is said here counts: no file or variable for Spring can open another door.
  private static ConfigurableEnvironment environment(ServiceSettings settings) {
    ConfigurableEnvironment environment = new StandardServletEnvironment();
    environment
        .getPropertySources()
        .remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
    environment
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "edj",
                Map.ofEntries(
                    Map.entry("spring.config.location", "optional:classpath:/no-configuration/"),
                    Map.entry("spring.threads.virtual.enabled", "true"),
                    Map.entry("spring.lifecycle.timeout-per-shutdown-phase", "5s"),
                    Map.entry("spring.web.resources.add-mappings", "false"),
                    // It would read bodies of any size before anybody is asked who they are.
                    Map.entry("spring.mvc.formcontent.filter.enabled", "false"),
                    Map.entry("server.address", settings.host()),
                    Map.entry("server.port", settings.port()),
                    Map.entry("server.shutdown", "graceful"),
                    // A wait for 1,000 executions names each in the query: 40 bytes, one parameter
                    Map.entry("server.max-http-request-header-size", "64KB"),
                    Map.entry("server.tomcat.max-parameter-count", "2000"),
                    // A script in a form, percent-encoded
                    Map.entry("server.tomcat.max-http-form-post-size", "72MB"),
                    Map.entry("server.tomcat.use-relative-redirects", "true"),
                    Map.entry("server.compression.enabled", "true"),
                    Map.entry(
                        "server.compression.mime-types", "text/html,text/css,text/javascript"),
                    Map.entry("spring.thymeleaf.prefix", "classpath:/portal/templates/"),
                    Map.entry("spring.thymeleaf.check-template-location", "false"),
                    // A page that fails halfway is an error page, not half a page
                    Map.entry(
                        "spring.thymeleaf.servlet.produce-partial-output-while-processing",
                        "false"),
                    Map.entry("management.endpoints.web.exposure.include", "health,prometheus"),
                    Map.entry("management.endpoints.web.discovery.enabled", "false"),
                    Map.entry("springdoc.api-docs.enabled", "true"),
                    Map.entry("springdoc.api-docs.path", "/openapi.json"),
                    Map.entry("springdoc.paths-to-match", "/api/**"),
                    Map.entry("springdoc.override-with-generic-response", "false"),
                    Map.entry("springdoc.default-produces-media-type", "application/json"))));
    return environment;
  }

  private static URI url(ConfigurableApplicationContext context, ServiceSettings settings) {
    int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
    return URI.create("http://%s:%d".formatted(host, port));
  }

  /// What a person can do something about, out of what Spring wrapped around it.
  private static RuntimeException sentence(RuntimeException e, ServiceSettings settings) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof EdjException edj) {
        return edj;
      }
      if (cause instanceof PortInUseException) {
        return new EdjException(
            ErrorCode.SETUP,
            "--port",
            "port %d is taken by another process; choose one with --port"
                .formatted(settings.port()),
            e);
      }
    }
    return e;
  }
}
