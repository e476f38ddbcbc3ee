package dev.edj.web;

import dev.edj.access.Allowed;
import dev.edj.access.Caller;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.scope.NamedBounds;
import dev.edj.scope.Narrowing;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// Holds every route of both doors to what it is declared to need, before anything of the request
/// is read.
///
/// Where a role is narrowed, what is done is held to it below the doors; what a path names is asked
/// about here, too, so that nobody fills in a form, or sends a file, that would be refused.
public final class PermissionInterceptor implements HandlerInterceptor {

  private static final String OURS = "dev.edj.";

  /// What the path of a route calls that by which it is narrowed; of what belongs to something
  /// else, the name of that.
  private static final List<String> NAMES = List.of("name", "id");

  private final Supplier<NamedBounds> bounds;

  /// @param bounds asked for when they are needed: Spring starts before the control database has
  public PermissionInterceptor(Supplier<NamedBounds> bounds) {
    this.bounds = bounds;
  }

  /// Refuses routes that do not say what they need, or by what they are narrowed.
  public static void requireDeclarations(RequestMappingHandlerMapping routes) {
    routes
        .getHandlerMethods()
        .forEach((mapping, method) -> {
          if (isOurs(method)) {
            Allowed allowed = declaration(method);
            boolean narrowable = allowed.value().right().isPresent();
            if (narrowable == (allowed.narrowed() == Narrowing.NONE)) {
              throw new IllegalStateException(
                  "%s has to say by what it is narrowed if, and only if, Operator or Author may use it"
                      .formatted(method.getShortLogMessage()));
            }
            if (allowed.narrowed().isByPath()
                && mapping.getPatternValues().stream().noneMatch(PermissionInterceptor::isNamed)) {
              throw new IllegalStateException(
                  "%s is narrowed by what its path does not name"
                      .formatted(method.getShortLogMessage()));
            }
          }
        });
  }

  private static boolean isNamed(String path) {
    return NAMES.stream().anyMatch(name -> path.contains("{" + name + "}"));
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (handler instanceof HandlerMethod method && isOurs(method)) {
      Allowed allowed = declaration(method);
      if (!allowed.value().isOpenToStrangers()) {
        Caller caller = caller();
        caller.require(allowed.value());
        requireWithin(caller, allowed, request);
      }
    }
    return true;
  }

  private void requireWithin(Caller caller, Allowed allowed, HttpServletRequest request) {
    if (allowed.narrowed().isByPath()) {
      allowed
          .value()
          .right()
          .ifPresent(right ->
              named(request)
                  .ifPresent(name ->
                      bounds.get().require(caller.scope(), right, allowed.narrowed(), name)));
    }
  }

  private static Optional<String> named(HttpServletRequest request) {
    return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
            instanceof Map<?, ?> variables
        ? NAMES.stream()
            .filter(variables::containsKey)
            .map(name -> String.valueOf(variables.get(name)))
            .findFirst()
        : Optional.empty();
  }

  public static Allowed declaration(HandlerMethod method) {
    Allowed allowed = method.getMethodAnnotation(Allowed.class);
    if (allowed == null) {
      throw new IllegalStateException(
          "%s does not say who is @Allowed to use it".formatted(method.getShortLogMessage()));
    }
    return allowed;
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
