package dev.edj.portal.site;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.scope.NamedBounds;
import dev.edj.scope.Scope;
import dev.edj.web.RoutePermissions;
import java.util.Set;
import org.springframework.web.bind.annotation.RequestMethod;

/// What whoever looks at a page may do. It is asked of the routes themselves, so that no page
/// offers what its route refuses; templates know it as `may`.
///
/// Equal for all who may do the same in the same places, by which live parts are shared.
///
/// @param permissions those that somebody has
/// @param scope where
public record Allowance(
    RoutePermissions routes, Set<Permission> permissions, NamedBounds bounds, Scope scope) {

  public Allowance {
    permissions = Set.copyOf(permissions);
  }

  /// Whether a page may be opened, of whatever it is.
  ///
  /// @param path as its route is declared: `/new/job`
  public boolean open(String path) {
    return has(routes.of(RequestMethod.GET, path));
  }

  /// Whether the page of something may be opened.
  ///
  /// @param path as its route is declared: `/jobs/{name}/edit`
  /// @param named the name or the id that stands in it
  public boolean open(String path, Object named) {
    return has(routes.of(RequestMethod.GET, path), named);
  }

  /// Whether a form may be sent, of whatever it is.
  ///
  /// @param path as its route is declared: `/new/job`
  public boolean send(String path) {
    return has(routes.of(RequestMethod.POST, path));
  }

  /// Whether the form of something may be sent.
  ///
  /// @param path as its route is declared: `/jobs/{name}/start`
  /// @param named the name or the id that stands in it
  public boolean send(String path, Object named) {
    return has(routes.of(RequestMethod.POST, path), named);
  }

  /// The role that opening a page needs, for a sentence to those who may not.
  public String role(String path) {
    return routes.of(RequestMethod.GET, path).value().role().map(Enum::name).orElse("");
  }

  private boolean has(Allowed needed) {
    return permissions.contains(needed.value());
  }

  private boolean has(Allowed needed, Object named) {
    return has(needed)
        && needed
            .value()
            .right()
            .map(right -> bounds.allow(scope, right, needed.narrowed(), named.toString()))
            .orElse(true);
  }
}
