package dev.edj.portal.site;

import static java.util.stream.Collectors.toSet;

import dev.edj.access.Caller;
import dev.edj.access.Permission;
import dev.edj.scope.NamedBounds;
import dev.edj.scope.Scope;
import dev.edj.web.RoutePermissions;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.security.core.Authentication;
import org.springframework.util.function.SingletonSupplier;

/// Says what whoever sent a request may do.
public final class Allowances {

  private final Supplier<RoutePermissions> routes;
  private final Supplier<NamedBounds> bounds;

  /// @param routes asked when the first page is made: routes and what stands before them are made
  ///   together
  /// @param bounds asked then, too: Spring starts before the control database has
  Allowances(Supplier<RoutePermissions> routes, Supplier<NamedBounds> bounds) {
    this.routes = SingletonSupplier.of(routes);
    this.bounds = bounds;
  }

  public Allowance of(HttpServletRequest request) {
    Optional<Caller> caller =
        request.getUserPrincipal() instanceof Authentication known
                && known.getPrincipal() instanceof Caller somebody
            ? Optional.of(somebody)
            : Optional.empty();
    return new Allowance(
        routes.get(),
        caller.map(Allowances::permissions).orElse(Set.of(Permission.ANYONE)),
        bounds.get(),
        caller.map(Caller::scope).orElse(Scope.NOBODY).ofNobodyInParticular());
  }

  private static Set<Permission> permissions(Caller caller) {
    return Arrays.stream(Permission.values()).filter(caller::may).collect(toSet());
  }
}
