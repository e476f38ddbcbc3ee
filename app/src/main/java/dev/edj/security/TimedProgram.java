package dev.edj.security;

import dev.edj.secrecy.Masked;
import dev.edj.secrecy.Sensitive;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A program that tells a secret, or is told one. When its time is over it is ended with all that
/// it has started: a child that keeps its output open would be waited for, however dead the program
/// is.
public final class TimedProgram {

  private static final int LONGEST_OUTPUT = 1_000_000;
  private static final int LONGEST_COMPLAINT = 500;

  private TimedProgram() {}

  /// How one ended.
  ///
  /// @param output what it printed, when it did not fail and that does not go elsewhere
  /// @param complaint the beginning of what it said to be wrong, likewise
  public record Ended(int exitCode, @Sensitive String output, String complaint) {

    @Override
    public String toString() {
      return Masked.text(this);
    }
  }

  /// One that did not do its part.
  public static final class Failure extends Exception {

    /// @param trouble follows the program's name in a sentence, and holds nothing of what it
    ///   printed
    private Failure(String trouble) {
      super(trouble);
    }

    public String trouble() {
      return String.valueOf(getMessage());
    }
  }

  /// Has it do its part.
  ///
  /// @param told what it reads, when its input does not come from elsewhere
  /// @throws IOException when it cannot be started
  public static Ended run(ProcessBuilder program, String told, Duration limit)
      throws IOException, Failure, InterruptedException {
    Process process = program.start();
    try {
      return ended(process, told, limit);
    } finally {
      end(process);
    }
  }

  /// What it has started first: nobody would know whose that is once it is gone.
  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static Ended ended(Process process, String told, Duration limit)
      throws Failure, InterruptedException {
    FutureTask<Boolean> telling = started(() -> tell(process.getOutputStream(), told));
    FutureTask<byte[]> output = started(() -> printed(process));
    FutureTask<byte[]> complaint = started(() -> read(process.getErrorStream(), LONGEST_COMPLAINT));
    if (!process.waitFor(limit)) {
      throw new Failure("did not end within %d s".formatted(limit.toSeconds()));
    }
    byte[] printed = afterwards(output);
    if (printed.length > LONGEST_OUTPUT) {
      throw new Failure("prints more than %,d bytes".formatted(LONGEST_OUTPUT));
    }
    String said = text(afterwards(complaint)).strip();
    if (process.exitValue() != 0) {
      return new Ended(process.exitValue(), "", said);
    }
    if (!afterwards(telling)) {
      throw new Failure("did not read all that it was told");
    }
    return new Ended(0, text(printed), said);
  }

  private static <T> FutureTask<T> started(Callable<T> part) {
    FutureTask<T> task = new FutureTask<>(part);
    Thread.ofVirtual().name("edj-secret-program").start(task);
    return task;
  }

  /// Whether it took all of it.
  private static boolean tell(OutputStream in, String told) {
    try (in) {
      in.write(told.getBytes(StandardCharsets.UTF_8));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /// Whoever prints more than a secret can be prints on and on.
  private static byte[] printed(Process process) throws IOException {
    byte[] printed = process.getInputStream().readNBytes(LONGEST_OUTPUT + 1);
    if (printed.length > LONGEST_OUTPUT) {
      end(process);
    }
    return printed;
  }

  /// As much of it as is allowed; the rest is read and forgotten, so that the program can end.
  private static byte[] read(InputStream in, int most) throws IOException {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      kept.write(buffer, 0, Math.min(read, most - kept.size()));
    }
    return kept.toByteArray();
  }

  /// With the program, its ends of the pipes are gone, unless somebody else holds them.
  private static <T> T afterwards(FutureTask<T> part) throws Failure, InterruptedException {
    try {
      return part.get(1, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new Failure("left something running that keeps its output open");
    } catch (ExecutionException e) {
      throw new Failure("cannot be read");
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
