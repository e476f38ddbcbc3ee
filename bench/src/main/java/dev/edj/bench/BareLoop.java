package dev.edj.bench;

import dev.edj.controldb.ControlDatabaseAddress;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/// What a person writes who wants a script on many databases and nothing kept: a loop over JDBC on
/// virtual threads, here as a process that repeats it when told to.
final class BareLoop implements AutoCloseable {

  private final Process process;
  private final DataOutputStream orders;
  private final DataInputStream answers;

  private BareLoop(Process process) {
    this.process = process;
    this.orders = new DataOutputStream(process.getOutputStream());
    this.answers = new DataInputStream(process.getInputStream());
  }

  static BareLoop start(ControlDatabaseAddress server, int connections) throws IOException {
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-cp",
            System.getProperty("java.class.path"),
            BareLoop.class.getName(),
            server.url().substring(0, server.url().lastIndexOf('/') + 1),
            Objects.requireNonNull(server.user()),
            Integer.toString(connections));
    java.environment().put("PGPASSWORD", Objects.requireNonNull(server.password()));
    java.redirectError(ProcessBuilder.Redirect.INHERIT);
    return new BareLoop(java.start());
  }

  /// Runs the script on each database, and returns when the last is done.
  void run(String script, List<String> databases) throws IOException {
    orders.writeUTF(script);
    orders.writeUTF(String.join(" ", databases));
    orders.flush();
    if (!answers.readBoolean()) {
      throw new IOException("the bare loop failed");
    }
  }

  @Override
  public void close() {
    process.destroy();
  }

  /// Arguments: the JDBC URL up to the database, the user, and how many connections at most.
  public static void main(String[] args) throws Exception {
    DataInputStream orders = new DataInputStream(System.in);
    DataOutputStream answers = new DataOutputStream(System.out);
    while (true) {
      String script;
      try {
        script = orders.readUTF();
      } catch (EOFException e) {
        return; // whoever started this has ended
      }
      loop(args[0], args[1], Integer.parseInt(args[2]), script, orders.readUTF().split(" "));
      answers.writeBoolean(true);
      answers.flush();
    }
  }

  private static void loop(
      String url, String user, int connections, String script, String[] databases)
      throws InterruptedException, ExecutionException {
    Semaphore room = new Semaphore(connections);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Void>> running = new ArrayList<>();
      for (String database : databases) {
        room.acquire();
        running.add(
            threads.submit(() -> {
              try {
                execute(url + database, user, script);
                return null;
              } finally {
                room.release();
              }
            }));
      }
      for (Future<Void> one : running) {
        one.get();
      }
    }
  }

  private static void execute(String url, String user, String script) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(url, user, System.getenv("PGPASSWORD"));
        Statement statement = connection.createStatement()) {
      boolean rows = statement.execute(script);
      while (rows || statement.getUpdateCount() != -1) {
        rows = statement.getMoreResults();
      }
    }
  }
}
