package dev.edj.secrecy;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks what nobody may see: not in logs and messages, not in answers of the API, not in the audit
/// log.
///
/// A record that has such a component overrides its text with [Masked#text]; `SensitiveTest` finds
/// those that do not, and components that are named like secrets and not marked.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({
  ElementType.RECORD_COMPONENT,
  ElementType.FIELD,
  ElementType.METHOD,
  ElementType.PARAMETER
})
public @interface Sensitive {

  /// Whether the API answers it to the one who had it made, and never again.
  boolean shownOnce() default false;
}
