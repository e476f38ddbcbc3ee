package dev.edj.web;

import dev.edj.access.Allowed;
import dev.edj.access.Caller;
import dev.edj.access.Permission;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// Holds every route of both doors to what it is declared to need, before anything of the request
/// is read.
public final class PermissionInterceptor implements HandlerInterceptor {

  private static final String OURS = "dev.edj.";

  /// Refuses routes that do not say what they need.
  public static void requireDeclarations(RequestMappingHandlerMapping routes) {
    routes.getHandlerMethods().values().stream()
        .filter(PermissionInterceptor::isOurs)
        .forEach(PermissionInterceptor::permission);
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (handler instanceof HandlerMethod method && isOurs(method)) {
      Permission needed = permission(method);
      if (!needed.isOpenToStrangers()) {
        caller().require(needed);
      }
    }
    return true;
  }

  public static Permission permission(HandlerMethod method) {
    Allowed allowed = method.getMethodAnnotation(Allowed.class);
    if (allowed == null) {
      throw new IllegalStateException(
          "%s does not say who is @Allowed to use it".formatted(method.getShortLogMessage()));
    }
    return allowed.value();
  }

  /// A library's, such as the OpenAPI document, is open or closed by its path.
  static boolean isOurs(HandlerMethod method) {
    return method.getBeanType().getName().startsWith(OURS);
  }

  /// Strangers do not get this far, unless the rules of the paths leave a gap.
  private static Caller caller() {
    return SignedInCaller.find()
        .orElseThrow(() -> new EdjException(ErrorCode.UNAUTHORIZED, null, "sign in first"));
  }
}
