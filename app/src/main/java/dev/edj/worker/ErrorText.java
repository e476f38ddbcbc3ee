package dev.edj.worker;

import dev.edj.engine.TargetError;
import dev.edj.engine.TargetMessage;
import dev.edj.execution.ClaimedChild;
import dev.edj.execution.ErrorPlace;
import dev.edj.script.Batch;
import dev.edj.script.PreparedBatch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts errors and messages of targets into words, with lines as the person who wrote the script
/// counts them.
final class ErrorText {

  private ErrorText() {}

  /// An error outside any batch, such as a refused login.
  static String of(TargetError error) {
    return sentence(codes(error), error.message());
  }

  static String of(TargetError error, Batch batch, PreparedBatch prepared) {
    List<String> parts = codes(error);
    Integer line = error.line();
    parts.add(
        new ErrorPlace(batch.number(), line == null ? batch.line() : prepared.scriptLine(line))
            .text());
    return sentence(parts, error.message());
  }

  static String of(TargetMessage message, PreparedBatch batch) {
    List<String> parts = new ArrayList<>();
    Integer number = message.number();
    if (number != null && number != 0) {
      parts.add("message " + number);
    }
    if (!message.severity().equals("0")) {
      parts.add(severity(message.severity()));
    }
    Integer line = message.line();
    if (!parts.isEmpty() && line != null) {
      parts.add("line " + batch.scriptLine(line));
    }
    return sentence(parts, message.text());
  }

  static String of(StopReason reason, ClaimedChild child) {
    return switch (reason) {
      case STOPPED -> "the execution was stopped";
      case JOB_TIMED_OUT -> "the job's time-out struck";
      case ATTEMPT_TIMED_OUT ->
          "the attempt's time-out of %s struck".formatted(child.attemptTimeout());
      case NODE_STOPS -> "the node was shut down while it ran this; another attempt follows";
      case LEASE_LOST ->
          "the node lost the control database while it ran this; another attempt follows";
    };
  }

  static String rows(long count) {
    return count == 1 ? "1 row" : count + " rows";
  }

  private static List<String> codes(TargetError error) {
    List<String> parts = new ArrayList<>();
    add(parts, "error ", error.number());
    if (error.number() == null) {
      add(parts, "SQLSTATE ", error.sqlState());
    }
    add(parts, "severity ", error.severity());
    return parts;
  }

  private static void add(List<String> parts, String label, @Nullable Object value) {
    if (value != null) {
      parts.add(label + value);
    }
  }

  private static String severity(String severity) {
    return Character.isDigit(severity.charAt(0)) ? "severity " + severity : severity;
  }

  private static String sentence(List<String> parts, String text) {
    return parts.isEmpty() ? text : String.join(", ", parts) + ": " + text;
  }
}
