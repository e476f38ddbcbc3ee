package dev.edj.cli;

import java.time.Duration;

/// Stops an execution when the person who waits for it ends the command by Ctrl-C.
final class StopAtInterrupt implements AutoCloseable {

  /// How long the service may take to hear of it.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Thread hook;

  private StopAtInterrupt(Thread hook) {
    this.hook = hook;
  }

  static StopAtInterrupt of(ApiClient api, Terminal terminal, String id) {
    Thread hook = new Thread(() -> terminal.err().println(System.lineSeparator() + stop(api, id)));
    Runtime.getRuntime().addShutdownHook(hook);
    return new StopAtInterrupt(hook);
  }

  /// Returns what became of it.
  private static String stop(ApiClient api, String id) {
    Stop stop = new Stop(api, id);
    Thread stopping = Thread.ofPlatform().daemon().name("edj-stop").start(stop);
    try {
      stopping.join(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return stop.outcome;
  }

  private static final class Stop implements Runnable {

    private final ApiClient api;
    private final String id;
    private volatile String outcome;

    Stop(ApiClient api, String id) {
      this.api = api;
      this.id = id;
      this.outcome = notStopped(id, "the service does not answer");
    }

    @Override
    public void run() {
      try {
        api.order("POST", ApiPath.of(ExecutionCommands.NOUN, id, "stop"), null);
        outcome = "Canceled everywhere.";
      } catch (CommandException e) {
        outcome = notStopped(id, String.valueOf(e.getMessage()));
      }
    }

    private static String notStopped(String id, String reason) {
      return "Not canceled: %s. It ends with its time-out, or by: edj execution stop %s"
          .formatted(reason, id);
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending, and the hook does its work.
    }
  }
}
