package dev.edj.demo;

import dev.edj.api.RunningService;
import dev.edj.settings.ServiceSettings;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// The service and the tenants' server, started side by side.
record Servers(RunningService service, TenantServer tenants) implements AutoCloseable {

  static Servers start(Path directory) {
    CompletableFuture<TenantServer> tenants =
        CompletableFuture.supplyAsync(() ->
            TenantServer.start(
                directory.resolve("tenant-server"), directory.resolve("control-database")));
    try {
      RunningService service = RunningService.start(ServiceSettings.in(directory).withPort(0));
      try {
        return new Servers(service, tenants.join());
      } catch (CompletionException e) {
        service.close();
        throw e;
      }
    } catch (RuntimeException e) {
      tenants.thenAccept(TenantServer::close).exceptionally(_ -> null).join();
      throw e;
    }
  }

  /// The tenants' server first: the service then has nothing to wait for.
  @Override
  public void close() {
    try {
      tenants.close();
    } finally {
      service.close();
    }
  }
}
