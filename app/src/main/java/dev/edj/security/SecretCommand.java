package dev.edj.security;

import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.secrecy.SecretVariables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Asks a command, which only the service's own configuration can name, for a secret.
public final class SecretCommand {

  private static final int LONGEST_OUTPUT = 1_000_000;
  private static final int LONGEST_COMPLAINT = 500;

  private SecretCommand() {}

  /// What the command prints, without the line end. It has no input, and is ended after the limit.
  ///
  /// @param option that named it, for the message of the [EdjException] when it fails; its output
  ///   is in no message, what it complains of is
  /// @param environment what it is told, beside the environment of this process but for its secrets
  public static String ask(
      String option, String command, Map<String, String> environment, Duration limit) {
    ProcessBuilder builder =
        SecretVariables.removeFrom(new ProcessBuilder("/bin/sh", "-c", command));
    builder.environment().putAll(environment);
    return ask(option, builder, limit);
  }

  /// The same without a shell, and without any setting of this process, which may hold secrets.
  ///
  /// @param words the program and its arguments
  public static String run(
      String option, List<String> words, Map<String, String> environment, Duration limit) {
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().keySet().removeIf(name -> name.startsWith("EDJ_"));
    builder.environment().putAll(environment);
    return ask(option, builder, limit);
  }

  private static String ask(String option, ProcessBuilder builder, Duration limit) {
    try {
      Process process = builder.start();
      try {
        return output(option, process, limit);
      } finally {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw failure(option, "cannot be started: " + e.getMessage(), e);
    }
  }

  private static String output(String option, Process process, Duration limit) throws IOException {
    process.getOutputStream().close();
    FutureTask<String> output = started(() -> read(process.getInputStream(), LONGEST_OUTPUT));
    FutureTask<String> complaint = started(() -> read(process.getErrorStream(), LONGEST_COMPLAINT));
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw failure(option, "did not end within %d s".formatted(limit.toSeconds()), null);
      }
      String said = complaint.get(1, TimeUnit.SECONDS).strip();
      if (process.exitValue() != 0) {
        throw failure(option, "ended with code %d: %s".formatted(process.exitValue(), said), null);
      }
      String text = output.get(1, TimeUnit.SECONDS);
      if (text.length() >= LONGEST_OUTPUT) {
        throw failure(option, "prints more than %,d bytes".formatted(LONGEST_OUTPUT), null);
      }
      return text.stripTrailing();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(option, "was interrupted", e);
    } catch (TimeoutException e) {
      throw failure(option, "left something running that keeps its output open", null);
    } catch (ExecutionException e) {
      throw failure(option, "cannot be read", e.getCause());
    }
  }

  private static FutureTask<String> started(Callable<String> reading) {
    FutureTask<String> task = new FutureTask<>(reading);
    Thread.ofVirtual().name("edj-secret-command").start(task);
    return task;
  }

  /// As much of it as is allowed; the rest is read and forgotten, so that the command can end.
  private static String read(InputStream in, int most) throws IOException {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      kept.write(buffer, 0, Math.min(read, most - kept.size()));
    }
    return kept.toString(StandardCharsets.UTF_8);
  }

  private static EdjException failure(String option, String trouble, @Nullable Throwable cause) {
    return new EdjException(
        ErrorCode.SETUP, option, "the command of %s %s".formatted(option, trouble), cause);
  }
}
