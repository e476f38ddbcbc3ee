package dev.edj.cli;

import java.util.List;

/// Tells the person who ends a wait by Ctrl-C that the executions go on, and how to stop them.
final class InterruptNotice implements AutoCloseable {

  private final Thread hook;

  private InterruptNotice(Thread hook) {
    this.hook = hook;
  }

  static InterruptNotice of(Terminal terminal, List<String> executionIds) {
    Thread hook =
        new Thread(() ->
            terminal
                .err()
                .printf(
                    "%nStill running. Stop it with: edj execution stop %s%n",
                    String.join(" ", executionIds)));
    Runtime.getRuntime().addShutdownHook(hook);
    return new InterruptNotice(hook);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending, and the notice is out.
    }
  }
}
