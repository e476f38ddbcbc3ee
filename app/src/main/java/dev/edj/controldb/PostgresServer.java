package dev.edj.controldb;

import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/// Makes, starts and stops a PostgreSQL server in a directory of its own.
final class PostgresServer {

  /// A killed server's sessions may take a moment to go, and the port may be taken by another.
  private static final int START_ATTEMPTS = 4;

  private static final Duration PAUSE_BETWEEN_ATTEMPTS = Duration.ofMillis(500);
  private static final long LONGEST_LOG_BYTES = 10_000_000;
  private static final int LOG_LINES_SHOWN = 5;

  /// Given at every start, so that neither an edited file nor an old directory turns them off.
  private static final List<String> SETTINGS =
      List.of(
          "listen_addresses=127.0.0.1",
          "unix_socket_directories=",
          "max_connections=100",
          "shared_buffers=128MB",
          "max_wal_size=2GB",
          "timezone=UTC",
          "log_timezone=UTC",
          // The log has neither statements, nor values, nor the rows that an error is about.
          "log_statement=none",
          "log_min_error_statement=panic",
          "log_parameter_max_length_on_error=0",
          "log_error_verbosity=terse");

  private final PostgresPrograms programs;
  private final Path files;
  private final Path log;
  private final Durability durability;

  PostgresServer(PostgresPrograms programs, Path files, Path log, Durability durability) {
    this.durability = durability;
    this.programs = programs;
    this.files = files;
    this.log = log;
  }

  /// Made under another name first: a service killed meanwhile leaves no half-made server.
  void makeFilesUnlessThere(String user, Path passwordFile) throws IOException {
    if (Files.exists(files)) {
      return;
    }
    Path draft = files.resolveSibling(files.getFileName() + ".new");
    PostgresPrograms.delete(draft);
    programs.run(
        "initdb",
        "--pgdata=" + draft,
        "--username=" + user,
        "--auth=scram-sha-256",
        "--pwfile=" + passwordFile,
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--locale=C.UTF-8",
        "--no-instructions");
    Files.move(draft, files, StandardCopyOption.ATOMIC_MOVE);
  }

  /// Stops the server that a killed service left behind. When it is not there any more, its files
  /// are recovered by the next start.
  void stopLeftover() throws IOException {
    if (Postmaster.findIn(files) instanceof Postmaster.NumberReused) {
      // PostgreSQL would take that other program for the server and refuse to start.
      Files.delete(files.resolve(Postmaster.FILE));
    }
    stop();
  }

  /// Starts the server and waits until it takes logins.
  ///
  /// @return the port, chosen anew at each start
  int start() throws IOException {
    keepLogSmall();
    for (int attempt = 1; ; attempt++) {
      try {
        return startOnce();
      } catch (EdjException e) {
        if (attempt == START_ATTEMPTS) {
          throw e;
        }
        pause(PAUSE_BETWEEN_ATTEMPTS);
      }
    }
  }

  /// Ends all sessions and waits until everything is on disk; does nothing when it does not run.
  void stop() {
    try {
      if (!(Postmaster.findIn(files) instanceof Postmaster.Running)) {
        return;
      }
      programs.run(
          "pg_ctl",
          "stop",
          "--silent",
          "--mode=" + durability.stopMode(),
          "--timeout=60",
          "--pgdata=" + files);
    } catch (IOException e) {
      throw new EdjException(
          ErrorCode.SETUP,
          "data-directory",
          "the embedded control database in %s does not stop: %s".formatted(files, e.getMessage()),
          e);
    }
  }

  private int startOnce() throws IOException {
    int port = freePort();
    try {
      programs.run(
          "pg_ctl",
          "start",
          "--wait",
          "--timeout=60",
          "--silent",
          "--pgdata=" + files,
          "--log=" + log,
          "--options=-p " + port + options(SETTINGS) + options(durability.settings()));
      return port;
    } catch (IOException e) {
      EdjException failure = didNotStart(e);
      // Whoever starts it may have been killed alone, such as by Ctrl-C, or have lost patience.
      stop();
      throw failure;
    }
  }

  private static String options(List<String> settings) {
    return settings.stream().map(" -c "::concat).collect(Collectors.joining());
  }

  private EdjException didNotStart(IOException cause) throws IOException {
    List<String> lines = Files.readAllLines(log);
    String last =
        String.join(
            " / ", lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
    return new EdjException(
        ErrorCode.SETUP,
        "data-directory",
        "the embedded control database in %s does not start; the end of its log %s: %s"
            .formatted(files, log, last),
        cause);
  }

  private void keepLogSmall() throws IOException {
    if (Files.exists(log) && Files.size(log) > LONGEST_LOG_BYTES) {
      Files.move(
          log, log.resolveSibling(log.getFileName() + ".old"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void pause(Duration duration) throws IOException {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while PostgreSQL was starting", e);
    }
  }
}
