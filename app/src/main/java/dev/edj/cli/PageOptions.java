package dev.edj.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How much of a listing that comes in pages.
final class PageOptions {

  @Option(
      names = "--limit",
      paramLabel = "NUMBER",
      defaultValue = "100",
      description = "The most rows to list; 0 is all (default: 100).")
  private int limit;

  @Option(
      names = "--after",
      paramLabel = "ID",
      description = "Go on after this one, as the listing before said.")
  private @Nullable String after;

  int limit() {
    if (limit < 0) {
      throw CommandException.badInput("--limit must not be negative");
    }
    return limit;
  }

  @Nullable String after() {
    return after;
  }
}
