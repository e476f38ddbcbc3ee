package dev.edj.portal.site;

import dev.edj.problem.EdjException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Tells the fields of an operation under the names that a form has for them: where a form is for
/// several operations at once, `name` is that of more than one thing.
public record FormFields(UnaryOperator<String> names) {

  /// The same names behind a prefix.
  public static FormFields under(String prefix) {
    return new FormFields(name -> prefix + name);
  }

  public <T> T of(Supplier<T> operation) {
    try {
      return operation.get();
    } catch (EdjException e) {
      throw renamed(e);
    }
  }

  private EdjException renamed(EdjException e) {
    String field = e.field();
    if (field == null) {
      return e;
    }
    String name = names.apply(field);
    return new EdjException(e.code(), name, renamed(e.text(), field, name), e);
  }

  private static String renamed(String text, @Nullable String field, String name) {
    String prefix = field + ": ";
    return text.startsWith(prefix) ? name + ": " + text.substring(prefix.length()) : text;
  }
}
