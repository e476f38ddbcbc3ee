package dev.edj.access;

import dev.edj.scope.Narrowing;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What the handler method of a route needs. A route without it keeps the service from starting.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Allowed {

  Permission value();

  /// By what it is held to the collections that a role is narrowed to; has to be said of whatever
  /// needs a role that can be.
  Narrowing narrowed() default Narrowing.NONE;
}
