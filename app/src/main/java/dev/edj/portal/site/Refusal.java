package dev.edj.portal.site;

import dev.edj.problem.EdjException;
import org.jspecify.annotations.Nullable;

/// Why a form was not accepted, to be said beside the field that is meant, or above the form.
///
/// @param field as [EdjException#field] names it; null for none of them
public record Refusal(@Nullable String field, String sentence) {

  public static Refusal of(EdjException e) {
    String field = e.field();
    String text = e.text();
    return field != null && text.startsWith(field + ": ")
        ? new Refusal(field, text.substring(field.length() + 2))
        : new Refusal(field, text);
  }

  /// What is to be said beside this field; null for nothing.
  public @Nullable String at(String name) {
    return name.equals(field) ? sentence : null;
  }
}
