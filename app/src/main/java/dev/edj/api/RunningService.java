package dev.edj.api;

import dev.edj.Wiring;
import dev.edj.access.Caller;
import dev.edj.access.FirstAdministrator;
import dev.edj.node.NodeRole;
import dev.edj.problem.EdjException;
import dev.edj.problem.ErrorCode;
import dev.edj.settings.ServiceFile;
import dev.edj.settings.ServiceSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One process of the service: the engine, and as its roles say its doors, with the file by which
/// clients find them.
public final class RunningService implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(RunningService.class);

  private final Wiring wiring;
  private final @Nullable ApiServer api;
  private final @Nullable ServiceFile file;
  private final Path dataDirectory;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);

  private RunningService(
      Wiring wiring, @Nullable ApiServer api, @Nullable ServiceFile file, Path dataDirectory) {
    this.wiring = wiring;
    this.api = api;
    this.file = file;
    this.dataDirectory = dataDirectory;
  }

  /// Returns when requests are answered, or without the role api when it works.
  public static RunningService start(ServiceSettings settings) {
    refuseFile(settings.dataDirectory());
    return settings.is(NodeRole.API) ? startWithDoors(settings) : startWithoutDoors(settings);
  }

  private static RunningService startWithoutDoors(ServiceSettings settings) {
    long begin = System.nanoTime();
    Wiring wiring = open(settings);
    log.info(
        "EDJ {} is ready, with the roles {} and no API (in {} ms; data in {})",
        Version.text(),
        settings.roles().stream().map(NodeRole::text).sorted().collect(Collectors.joining(", ")),
        Duration.ofNanos(System.nanoTime() - begin).toMillis(),
        settings.dataDirectory());
    return new RunningService(wiring, null, null, settings.dataDirectory());
  }

  private static RunningService startWithDoors(ServiceSettings settings) {
    long begin = System.nanoTime();
    CompletableFuture<Wiring> opening =
        CompletableFuture.supplyAsync(() -> open(settings), RunningService::runOnOwnThread);
    try {
      ApiServer api = ApiServer.start(opening::join, settings);
      RunningService service = announce(opening.join(), api, settings);
      log.info(
          "EDJ {} listens on {} (ready in {} ms; data in {})",
          Version.text(),
          service.url(),
          Duration.ofNanos(System.nanoTime() - begin).toMillis(),
          settings.dataDirectory());
      return service;
    } catch (RuntimeException e) {
      closeWhenOpen(opening);
      throw e;
    }
  }

  /// Not in the common pool: its threads do not see the drivers inside the executable jar.
  private static void runOnOwnThread(Runnable opening) {
    Thread.ofPlatform().name("open").start(opening);
  }

  private static Wiring open(ServiceSettings settings) {
    Wiring wiring = Wiring.open(settings);
    wiring.node().start();
    return wiring;
  }

  private static void closeWhenOpen(CompletableFuture<Wiring> opening) {
    try {
      opening.join().close();
    } catch (CompletionException e) {
      log.debug("nothing to close: it was never open", e);
    }
  }

  private static RunningService announce(Wiring wiring, ApiServer api, ServiceSettings settings) {
    ServiceFile file = new ServiceFile(api.url(), ProcessHandle.current().pid(), Instant.now());
    try {
      file.write(settings.dataDirectory());
    } catch (IOException e) {
      api.close();
      throw new EdjException(
          ErrorCode.SETUP,
          "--data",
          "service.json cannot be written in %s: %s".formatted(settings.dataDirectory(), e),
          e);
    }
    return new RunningService(wiring, api, file, settings.dataDirectory());
  }

  /// Said first, because what starts side by side would each say it in its own way.
  private static void refuseFile(Path dataDirectory) {
    if (Files.exists(dataDirectory) && !Files.isDirectory(dataDirectory)) {
      throw new EdjException(
          ErrorCode.SETUP,
          "--data",
          "the data directory %s cannot be used: it is a file".formatted(dataDirectory));
    }
  }

  /// Runs the service until the process is told to stop, by Ctrl+C or SIGTERM.
  ///
  /// @param ready is told once it works
  public static void run(ServiceSettings settings, Consumer<RunningService> ready)
      throws InterruptedException {
    ServiceLog.begin(settings.logLevel(), settings.logFormat());
    CompletableFuture<RunningService> starting = new CompletableFuture<>();
    // Told to stop while it starts, it stops as soon as it has started: what is half started
    // cannot be stopped and would stay behind.
    Thread stop =
        new Thread(
            () -> starting.thenAccept(RunningService::close).exceptionally(_ -> null).join(),
            "stop");
    Runtime.getRuntime().addShutdownHook(stop);
    try {
      RunningService service = start(settings);
      starting.complete(service);
      ready.accept(service);
      service.awaitClose();
    } finally {
      starting.cancel(false);
    }
  }

  public URI url() {
    if (api == null) {
      throw new IllegalStateException("this process has no API");
    }
    return api.url();
  }

  /// A link that signs in to the portal, once; nothing where this process has none.
  public Optional<URI> signInLink() {
    return Optional.ofNullable(api)
        .map(
            doors -> doors.url().toString().replaceFirst("//(0\\.0\\.0\\.0|\\[::])", "//localhost"))
        .map(url -> URI.create(url + wiring.tickets().create(Caller.local()).path()));
  }

  /// Makes the first user of a service that has none; empty when it has some, or no API.
  public Optional<FirstAdministrator> makeFirstAdministrator() {
    return api == null ? Optional.empty() : wiring.access().users().makeFirst();
  }

  /// Says in its log if only the local token opens it.
  public void warnWithoutUsers() {
    if (!wiring.access().users().areThere()) {
      log.warn(
          "There are no users yet: only the token in the data directory opens this service."
              + " Make the first with 'edj user create NAME --role administrator'.");
    }
  }

  private void awaitClose() throws InterruptedException {
    closed.await();
  }

  /// Doors first, so that nothing new comes in while the rest stops.
  @Override
  public void close() {
    if (!closing.compareAndSet(false, true)) {
      return;
    }
    try (wiring) {
      closeDoors();
    } finally {
      closed.countDown();
    }
    log.info("EDJ has stopped");
  }

  private void closeDoors() {
    if (file != null) {
      try {
        file.remove(dataDirectory);
      } catch (IOException | EdjException e) {
        log.warn("service.json stays behind in {}: {}", dataDirectory, e.toString());
      }
    }
    if (api != null) {
      api.close();
    }
  }
}
