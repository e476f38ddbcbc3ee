package dev.edj.api;

/// How many of several executions a wait is for.
enum WaitMode {
  any,
  all
}
