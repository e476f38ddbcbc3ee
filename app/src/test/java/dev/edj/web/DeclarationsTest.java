package dev.edj.web;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.scope.Narrowing;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.context.support.StaticWebApplicationContext;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// The service does not start with a route that says too little.
class DeclarationsTest {

  /// Handler methods, each of which could be all that there is.
  static final class Routes {

    @PostMapping("/jobs/{name}/nothing")
    void nothing() {}

    @PostMapping("/jobs/{name}/unnarrowed")
    @Allowed(Permission.RUN)
    void unnarrowed() {}

    @PostMapping("/targets/{name}/administered")
    @Allowed(value = Permission.ADMINISTER, narrowed = Narrowing.JOB)
    void administered() {}

    @PostMapping("/jobs/unnamed")
    @Allowed(value = Permission.WRITE, narrowed = Narrowing.JOB)
    void unnamed() {}

    @PostMapping("/jobs/{name}/start")
    @Allowed(value = Permission.RUN, narrowed = Narrowing.JOB)
    void right() {}
  }

  @Test
  void aRouteSaysWhoMayUseItAndByWhatItIsNarrowed() {
    refused("nothing", "does not say who is @Allowed to use it");
    refused("unnarrowed", "has to say by what it is narrowed");
    refused("administered", "has to say by what it is narrowed");
    refused("unnamed", "is narrowed by what its path does not name");
    assertThatCode(() -> PermissionInterceptor.requireDeclarations(routes("right")))
        .doesNotThrowAnyException();
  }

  private static void refused(String method, String reason) {
    RequestMappingHandlerMapping routes = routes(method);
    assertThatThrownBy(() -> PermissionInterceptor.requireDeclarations(routes))
        .hasMessageContaining(method)
        .hasMessageContaining(reason);
  }

  private static RequestMappingHandlerMapping routes(String name) {
    RequestMappingHandlerMapping routes = new RequestMappingHandlerMapping();
    routes.setApplicationContext(new StaticWebApplicationContext());
    routes.afterPropertiesSet();
    Arrays.stream(Routes.class.getDeclaredMethods())
        .filter(method -> method.getName().equals(name))
        .forEach(method ->
            routes.registerMapping(
                RequestMappingInfo.paths(method.getAnnotation(PostMapping.class).value())
                    .options(routes.getBuilderConfiguration())
                    .build(),
                new Routes(),
                method));
    return routes;
  }
}
