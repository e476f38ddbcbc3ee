package dev.edj.execution;

/// The kinds of work an execution is made of.
public enum TaskType {
  ShardMapRefresh,
  ScriptSplit,
  ExpandJob,
  ScriptExecution,
  Dacpac
}
