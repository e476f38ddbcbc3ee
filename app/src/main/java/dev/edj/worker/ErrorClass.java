package dev.edj.worker;

import dev.edj.engine.TargetError;
import java.util.Locale;

/// What kind of thing ended an attempt without success, for those who count them.
public enum ErrorClass {
  NONE("it succeeded"),
  CONNECT("the server could not be reached, or its identity not be checked"),
  LOGIN("the server refused the login or the database"),
  STATEMENT("a statement failed"),
  CANCELED("somebody else cancelled a statement on its server"),
  LOST("the connection broke"),
  LOCK("another session holds the application lock"),
  TRANSACTION("the script cannot run as the one transaction that was asked for, or ended it"),
  DESTINATION("what the script returned did not come to its destination"),
  REFUSED(
      "EDJ refused it: the script, its values, its package or its login; or a check found obstacles"),
  STOPPED("somebody stopped the execution"),
  ATTEMPT_TIMEOUT("the policy's time for an attempt was over"),
  JOB_TIMEOUT("the policy's time for the job was over"),
  NODE_STOPPED("the node was shut down"),
  LEASE_LOST("the node could not renew its lease"),
  INTERNAL("a fault of EDJ's own");

  private final String explanation;

  ErrorClass(String explanation) {
    this.explanation = explanation;
  }

  static ErrorClass of(TargetError.Kind kind) {
    return switch (kind) {
      case CONNECT -> CONNECT;
      case LOGIN -> LOGIN;
      case STATEMENT -> STATEMENT;
      case CANCELED -> CANCELED;
      case LOST -> LOST;
      case LOCK, UNSEEN_LOCK, FOREIGN_LOCK -> LOCK;
      case TRANSACTION -> TRANSACTION;
    };
  }

  static ErrorClass of(StopReason reason) {
    return switch (reason) {
      case STOPPED -> STOPPED;
      case ATTEMPT_TIMED_OUT -> ATTEMPT_TIMEOUT;
      case JOB_TIMED_OUT -> JOB_TIMEOUT;
      case NODE_STOPS -> NODE_STOPPED;
      case LEASE_LOST -> LEASE_LOST;
    };
  }

  /// As a metric's label and the log have it.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String explanation() {
    return explanation;
  }
}
