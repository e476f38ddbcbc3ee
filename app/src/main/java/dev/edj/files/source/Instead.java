package dev.edj.files.source;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What to write where a single value stands in the place of a record; the value is not repeated,
/// since it may be a secret.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Instead {

  String value();
}
