package dev.edj.controldb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What a server's `postmaster.pid` says: the number of its process in the first line, and when it
/// started in the third.
sealed interface Postmaster {

  String FILE = "postmaster.pid";

  /// No server was left here.
  record None() implements Postmaster {}

  /// A server was, and its process is gone.
  record Dead() implements Postmaster {}

  record Running(long processId) implements Postmaster {}

  /// Its process is gone, and its number belongs to some other program now.
  record NumberReused() implements Postmaster {}

  static Postmaster findIn(Path files) throws IOException {
    List<String> lines = lines(files);
    if (lines.size() < 3) {
      return new None();
    }
    long processId = Math.abs(Long.parseLong(lines.get(0).strip()));
    Instant started = Instant.ofEpochSecond(Long.parseLong(lines.get(2).strip()));
    return ProcessHandle.of(processId)
        .<Postmaster>map(
            process -> isPostmaster(process, started) ? new Running(processId) : new NumberReused())
        .orElseGet(Dead::new);
  }

  /// In doubt it is one: then the start is refused by PostgreSQL instead of risked here.
  private static boolean isPostmaster(ProcessHandle process, Instant started) {
    boolean isPostgres =
        process.info().command().map(command -> Path.of(command).endsWith("postgres")).orElse(true);
    boolean isOfThatTime =
        process
            .info()
            .startInstant()
            .map(start -> Duration.between(start, started).abs().toMinutes() < 1)
            .orElse(true);
    return isPostgres && isOfThatTime;
  }

  private static List<String> lines(Path files) throws IOException {
    try {
      return Files.readAllLines(files.resolve(FILE));
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }
}
