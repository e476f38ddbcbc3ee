package dev.edj.bench.faults;

import java.io.IOException;

/// What can be sent to a process by its number.
enum Signal {
  /// To PostgreSQL: stop at once.
  QUIT,
  STOP,
  CONT,
  KILL;

  void send(long processId) throws IOException {
    Process kill =
        new ProcessBuilder("kill", "-" + name(), Long.toString(processId))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      kill.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
