package dev.edj.portal.site;

import static java.util.stream.Collectors.toSet;

import dev.edj.access.Caller;
import dev.edj.access.Permission;
import dev.edj.web.RoutePermissions;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.security.core.Authentication;
import org.springframework.util.function.SingletonSupplier;

/// Says what whoever sent a request may do.
public final class Allowances {

  private final Supplier<RoutePermissions> routes;

  /// @param routes asked when the first page is made: routes and what stands before them are made
  ///   together
  Allowances(Supplier<RoutePermissions> routes) {
    this.routes = SingletonSupplier.of(routes);
  }

  public Allowance of(HttpServletRequest request) {
    return new Allowance(routes.get(), permissions(request));
  }

  private static Set<Permission> permissions(HttpServletRequest request) {
    return request.getUserPrincipal() instanceof Authentication known
            && known.getPrincipal() instanceof Caller caller
        ? Arrays.stream(Permission.values()).filter(caller::may).collect(toSet())
        : Set.of(Permission.ANYONE);
  }
}
