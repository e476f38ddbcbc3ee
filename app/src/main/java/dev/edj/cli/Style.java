package dev.edj.cli;

import dev.edj.execution.Lifecycle;

/// The few ways a word can stand out on a terminal.
enum Style {
  PLAIN(""),
  STRONG("1"),
  FAINT("2"),
  GOOD("32"),
  BAD("31"),
  BUSY("36"),
  CAUTION("33");

  private final String code;

  Style(String code) {
    this.code = code;
  }

  static Style of(Lifecycle lifecycle) {
    return switch (lifecycle) {
      case Created -> PLAIN;
      case InProgress, WaitingForChildJobExecutions -> BUSY;
      case WaitingForRetry, SucceededWithSkipped, Skipped, Canceled -> CAUTION;
      case Succeeded -> GOOD;
      case Failed, TimedOut -> BAD;
    };
  }

  String apply(String text, boolean colours) {
    return colours && this != PLAIN ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
