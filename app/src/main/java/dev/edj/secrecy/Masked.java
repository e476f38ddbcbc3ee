package dev.edj.secrecy;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Texts of records without what is [Sensitive] in them.
public final class Masked {

  /// What stands in its place.
  public static final String MARK = "***";

  private Masked() {}

  /// As the record's own text would be, with [#MARK] for what is sensitive and there.
  public static String text(Record record) {
    Class<?> type = record.getClass();
    return Arrays.stream(type.getRecordComponents())
        .map(component -> component.getName() + "=" + shown(component, record))
        .collect(Collectors.joining(", ", type.getSimpleName() + "[", "]"));
  }

  private static String shown(RecordComponent component, Record record) {
    Object value = value(component.getAccessor(), record);
    return value != null && component.isAnnotationPresent(Sensitive.class)
        ? MARK
        : String.valueOf(value);
  }

  private static @Nullable Object value(Method accessor, Record record) {
    try {
      accessor.setAccessible(true);
      return accessor.invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("a record whose component cannot be read: " + accessor, e);
    }
  }
}
