package dev.edj.api;

import dev.edj.access.Permission;
import dev.edj.web.PermissionInterceptor;
import io.swagger.v3.oas.models.Operation;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.web.method.HandlerMethod;

/// Says in the OpenAPI document which role each route needs, from what it is declared to need.
final class RolePerRoute implements OperationCustomizer {

  @Override
  public Operation customize(Operation operation, HandlerMethod method) {
    Permission permission = PermissionInterceptor.permission(method);
    permission.role().ifPresent(role -> operation.addExtension("x-role", role.name()));
    return operation.description(sentence(permission));
  }

  private static String sentence(Permission permission) {
    return switch (permission) {
      case ANYONE -> "Needs no token.";
      case OWN -> "Needs a token, and no role.";
      case READ, RUN, WRITE, ADMINISTER ->
          "Needs the role %s.".formatted(permission.role().map(Enum::name).orElseThrow());
    };
  }
}
