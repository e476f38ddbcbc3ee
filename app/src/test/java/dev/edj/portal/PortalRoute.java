package dev.edj.portal;

import static java.util.Objects.requireNonNull;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.scope.Narrowing;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/// A page or a form of the portal, as its handler method is declared.
record PortalRoute(RequestMethod method, String path, Permission permission, Narrowing narrowing) {

  static List<PortalRoute> all() {
    ClassPathScanningCandidateComponentProvider scan =
        new ClassPathScanningCandidateComponentProvider(false);
    scan.addIncludeFilter(new AnnotationTypeFilter(Controller.class));
    List<PortalRoute> routes = new ArrayList<>();
    for (var found : scan.findCandidateComponents(PortalRoute.class.getPackageName())) {
      for (Method method :
          controller(requireNonNull(found.getBeanClassName())).getDeclaredMethods()) {
        routes.addAll(of(method));
      }
    }
    return routes;
  }

  private static Class<?> controller(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<PortalRoute> of(Method handler) {
    RequestMapping mapping =
        AnnotatedElementUtils.findMergedAnnotation(handler, RequestMapping.class);
    List<PortalRoute> routes = new ArrayList<>();
    if (mapping != null) {
      Allowed allowed = handler.getAnnotation(Allowed.class);
      for (String path : mapping.path()) {
        routes.add(new PortalRoute(mapping.method()[0], path, allowed.value(), allowed.narrowed()));
      }
    }
    return routes;
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
