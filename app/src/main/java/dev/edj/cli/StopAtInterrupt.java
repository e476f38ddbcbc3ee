package dev.edj.cli;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Stops an execution when the person who waits for it ends the command by Ctrl-C. It is there
/// before the execution is: one that is being started at that moment is stopped too, for the
/// command goes on until this has ended.
final class StopAtInterrupt implements AutoCloseable {

  /// How long the service may take to start it, and then to hear of it.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ApiClient api;
  private final CompletableFuture<String> started = new CompletableFuture<>();
  private final Thread hook;

  private StopAtInterrupt(ApiClient api, Terminal terminal) {
    this.api = api;
    this.hook = new Thread(() -> terminal.err().println(System.lineSeparator() + stop()));
  }

  static StopAtInterrupt of(ApiClient api, Terminal terminal) {
    StopAtInterrupt stop = new StopAtInterrupt(api, terminal);
    Runtime.getRuntime().addShutdownHook(stop.hook);
    return stop;
  }

  /// Tells the execution that is to be stopped.
  void started(String id) {
    started.complete(id);
  }

  /// Returns what became of it.
  private String stop() {
    String id;
    try {
      id = started.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return "Not canceled: the service has not said whether it runs. See: edj execution list";
    } catch (ExecutionException e) {
      return "Nothing was started.";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "Not canceled. See: edj execution list";
    }
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
    // Once one was started, this changes nothing.
    started.completeExceptionally(new IllegalStateException("it was never started"));
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending, and the hook does its work.
    }
  }
}
