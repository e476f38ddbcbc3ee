package dev.edj.log;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/// What the lines are about that the present thread writes into the log, until it is closed. In
/// text the execution, or the child with its attempt, stands before each line; in JSON all of it is
/// in fields.
public final class LogFields implements AutoCloseable {

  /// For `logback.xml`, and left out of JSON: what stands before the text.
  static final String PREFIX = "edj.prefix";

  private final @Nullable Map<String, String> before;

  private LogFields(@Nullable Map<String, String> before) {
    this.before = before;
  }

  /// Of an execution's own tasks.
  public static LogFields execution(Object id) {
    LogFields fields = new LogFields(MDC.getCopyOfContextMap());
    put(LogField.EXECUTION, id);
    MDC.put(PREFIX, "[%s] ".formatted(id));
    return fields;
  }

  /// Of an attempt at a child.
  public static LogFields attempt(Object child, int number) {
    LogFields fields = new LogFields(MDC.getCopyOfContextMap());
    put(LogField.CHILD, child);
    put(LogField.ATTEMPT, number);
    MDC.put(PREFIX, "[%s.%d] ".formatted(child, number));
    return fields;
  }

  /// Of what the present thread does, until what was begun is closed.
  public static void put(LogField field, Object value) {
    MDC.put(field.key(), value.toString());
  }

  @Override
  public void close() {
    if (before == null) {
      MDC.clear();
    } else {
      MDC.setContextMap(before);
    }
  }
}
