package dev.edj.portal.site;

import dev.edj.access.Permission;
import dev.edj.web.RoutePermissions;
import java.util.Set;
import org.springframework.web.bind.annotation.RequestMethod;

/// What whoever looks at a page may do. It is asked of the routes themselves, so that no page
/// offers what its route refuses; templates know it as `may`.
///
/// Equal for all who may do the same, by which live parts are shared.
///
/// @param permissions those that somebody has
public record Allowance(RoutePermissions routes, Set<Permission> permissions) {

  public Allowance {
    permissions = Set.copyOf(permissions);
  }

  /// Whether a page may be opened.
  ///
  /// @param path as its route is declared: `/jobs/{name}/edit`
  public boolean open(String path) {
    return has(RequestMethod.GET, path);
  }

  /// Whether a form may be sent.
  ///
  /// @param path as its route is declared: `/jobs/{name}/start`
  public boolean send(String path) {
    return has(RequestMethod.POST, path);
  }

  /// The role that opening a page needs, for a sentence to those who may not.
  public String role(String path) {
    return routes.of(RequestMethod.GET, path).role().map(Enum::name).orElse("");
  }

  private boolean has(RequestMethod method, String path) {
    return permissions.contains(routes.of(method, path));
  }
}
