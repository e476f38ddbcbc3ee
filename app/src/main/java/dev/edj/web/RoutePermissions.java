package dev.edj.web;

import dev.edj.access.Allowed;
import java.util.HashMap;
import java.util.Map;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// What each route of the service needs: the declarations that [PermissionInterceptor] holds it to,
/// for whoever shows a way there.
public final class RoutePermissions {

  private record Route(RequestMethod method, String path) {}

  private final Map<Route, Allowed> declarations = new HashMap<>();

  public RoutePermissions(RequestMappingHandlerMapping routes) {
    routes
        .getHandlerMethods()
        .forEach((mapping, method) -> {
          if (PermissionInterceptor.isOurs(method)) {
            Allowed needed = PermissionInterceptor.declaration(method);
            mapping
                .getMethodsCondition()
                .getMethods()
                .forEach(verb ->
                    mapping
                        .getPatternValues()
                        .forEach(path -> declarations.put(new Route(verb, path), needed)));
          }
        });
  }

  /// What a route needs; one that is not there is a slip.
  ///
  /// @param path as it is declared: `/jobs/{name}/start`
  public Allowed of(RequestMethod method, String path) {
    Allowed needed = declarations.get(new Route(method, path));
    if (needed == null) {
      throw new IllegalArgumentException("there is no route %s %s".formatted(method, path));
    }
    return needed;
  }
}
