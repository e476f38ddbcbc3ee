package dev.edj.api;

import dev.edj.access.Allowed;
import dev.edj.access.Permission;
import dev.edj.scope.Narrowing;
import dev.edj.web.PermissionInterceptor;
import io.swagger.v3.oas.models.Operation;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.web.method.HandlerMethod;

/// Says in the OpenAPI document which role each route needs, and where, from what it is declared to
/// need.
final class RolePerRoute implements OperationCustomizer {

  @Override
  public Operation customize(Operation operation, HandlerMethod method) {
    Allowed allowed = PermissionInterceptor.declaration(method);
    Permission permission = allowed.value();
    permission.role().ifPresent(role -> operation.addExtension("x-role", role.name()));
    Narrowing narrowing = allowed.narrowed();
    if (narrowing != Narrowing.NONE) {
      operation.addExtension("x-narrowed-by", narrowing.name());
    }
    return operation.description(sentence(permission) + within(narrowing));
  }

  private static String within(Narrowing narrowing) {
    return switch (narrowing) {
      case NONE -> "";
      case SHARED -> " It may be held in some collections only.";
      case REQUEST -> within("what it is to work on");
      case JOB -> within("what the job works on");
      case EXECUTION -> within("what the execution works on");
      case CONTENT, POLICY -> within("what the jobs work on that use it");
      case SCHEDULE -> within("what the jobs work on that it starts");
      case TRIGGER -> within("what its jobs work on");
      case NOTICE -> within("what the job works on that it is about");
    };
  }

  private static String within(String subject) {
    return " It may be held in some collections only, when %s is in these.".formatted(subject);
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
