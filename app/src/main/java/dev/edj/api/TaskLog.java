package dev.edj.api;

/// All that an attempt printed.
record TaskLog(String taskId, String text) {}
