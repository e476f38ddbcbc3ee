package dev.edj.demo;

import dev.edj.problem.EdjException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Everything that `edj demo` starts, in a directory of its own. However it ends, nothing of it
/// stays: no process, no file.
public final class Demo implements AutoCloseable {

  private static final String LOG = "service.log";
  private static final int LOG_LINES_SHOWN = 20;

  private static final long BYTES_PER_DATABASE = 8_000_000;
  private static final long BYTES_OF_THE_REST = 600_000_000;

  /// What a server of PostgreSQL keeps of its write-ahead log at most, and a little.
  private static final long MOST_LOG_BYTES = 2_500_000_000L;

  private final DemoSettings settings;
  private final Stage stage;
  private final Path directory;
  private final PrintStream usualErrors = System.err;
  private final PrintStream log;
  private @Nullable Servers servers;
  private boolean closed;

  private Demo(DemoSettings settings, Stage stage) throws IOException {
    this.settings = settings;
    this.stage = stage;
    this.directory = Files.createTempDirectory("edj-demo-").toRealPath();
    this.log =
        new PrintStream(
            Files.newOutputStream(directory.resolve(LOG)), true, StandardCharsets.UTF_8);
  }

  /// Tells the whole story; false when it did not go as told.
  ///
  /// @param commandsFor makes the commands for the service of a data directory
  public static boolean tell(
      DemoSettings settings, Stage stage, Function<Path, Commands> commandsFor)
      throws InterruptedException {
    try (Demo demo = new Demo(settings, stage)) {
      Thread hook = new Thread(demo::endBySignal, "stop");
      Runtime.getRuntime().addShutdownHook(hook);
      // What the service logs is for its file, not between the lines of the story.
      System.setErr(demo.log);
      return demo.tell(commandsFor.apply(demo.directory));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean tell(Commands commands) throws InterruptedException {
    Shell shell = new Shell(settings.launcher(), directory);
    stage.line(shell.export());
    stage.tell("");
    stage.tell("That line makes every command below work in another terminal, too.");
    stage.tell("What the service logs goes to $EDJ_DATA/%s.".formatted(LOG));
    boolean asTold = tellAndCheck(shell, commands);
    if (!settings.exit()) {
      stage.tell("");
      stage.tell("All of it stays up until you press Ctrl-C, which stops and removes everything.");
      new CountDownLatch(1).await();
    }
    return asTold;
  }

  private boolean tellAndCheck(Shell shell, Commands commands) {
    try {
      checkSpace();
      long begin = System.nanoTime();
      stage.heading("A service, and a PostgreSQL server with tenants");
      stage.progress("starting ...");
      Servers running = startServers();
      stage.clearProgress();
      stage.tell("Both are up after %s.".formatted(seconds(begin)));
      createTenants(running.tenants());
      new Story(settings.databases(), stage, shell, commands, running).tell();
      stage.tell("");
      stage.tell("The whole story took %s.".formatted(seconds(begin)));
      return true;
    } catch (UnexpectedTurn | EdjException | CompletionException | SQLException | IOException e) {
      report(e);
      return false;
    }
  }

  private void createTenants(TenantServer tenants) throws SQLException {
    long begin = System.nanoTime();
    int count = settings.databases();
    tenants.createTenants(
        count, created -> stage.progress("%,d of %,d databases".formatted(created, count)));
    stage.clearProgress();
    stage.tell("%,d databases, created in %s.".formatted(count, seconds(begin)));
  }

  private void checkSpace() throws IOException {
    long tenants = settings.databases() * BYTES_PER_DATABASE;
    long needed = BYTES_OF_THE_REST + tenants + Math.min(tenants, MOST_LOG_BYTES);
    long free = Files.getFileStore(directory).getUsableSpace();
    UnexpectedTurn.unless(
        free >= needed,
        "%,d databases need %,d MB on disk, and %s has %,d MB left; try fewer with --databases"
            .formatted(
                settings.databases(), needed / 1_000_000, directory.getParent(), free / 1_000_000));
  }

  private void report(Exception failure) {
    stage.clearProgress();
    stage.line("");
    stage.line("The demo did not go as told: " + failure.getMessage());
    try {
      List<String> complaints =
          Files.readAllLines(directory.resolve(LOG)).stream()
              .filter(line -> line.contains(" WARN ") || line.contains(" ERROR "))
              .toList();
      complaints.stream()
          .skip(Math.max(0, complaints.size() - LOG_LINES_SHOWN))
          .forEach(stage::line);
    } catch (IOException e) {
      stage.line("Its log cannot be read: " + e);
    }
  }

  /// Whoever wants to close waits until this is over: a server half started cannot be stopped.
  private synchronized Servers startServers() {
    UnexpectedTurn.unless(!closed, "stopped");
    Servers started = Servers.start(directory);
    servers = started;
    return started;
  }

  private void endBySignal() {
    boolean wasRunning = stopTelling();
    close();
    if (wasRunning) {
      usualErrors.println("Everything is stopped and removed.");
    }
  }

  private synchronized boolean stopTelling() {
    if (closed) {
      return false;
    }
    stage.curtain().fall();
    usualErrors.println();
    return true;
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (log) {
      if (servers != null) {
        servers.close();
      }
    } finally {
      System.setErr(usualErrors);
      deleteDirectory();
    }
  }

  private void deleteDirectory() {
    try {
      Files.walkFileTree(directory, new Deletion());
    } catch (IOException e) {
      usualErrors.printf("edj: %s cannot be removed: %s%n", directory, e);
    }
  }

  private static String seconds(long beginNanos) {
    long millis = Duration.ofNanos(System.nanoTime() - beginNanos).toMillis();
    return String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
        throws IOException {
      Files.deleteIfExists(visited);
      return FileVisitResult.CONTINUE;
    }
  }
}
